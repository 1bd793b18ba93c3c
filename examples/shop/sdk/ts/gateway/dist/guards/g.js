// checks:sdk v1 4f15c8754134c25464787184edad83d9f93af09a7280c75b7f683f03169eac60
import { atLeast, collect, isObject, member, needs, required, run } from "./kit.js";
export function isGuestToken(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
  if (!(v1["token"] !== undefined)) return false;
  {
    const v2 = v1["token"];
    if (!(typeof v2 === "string")) return false;
    if (!atLeast(v2, 1)) return false;
  }
  return true;
}
export function guestTokenIssues(v, limit = 20) {
  return isGuestToken(v) ? [] : collect(checkGuestToken, v, limit);
}
export function checkGuestToken(v, p, o) {
  run(v, p, o, "/components/schemas/GuestToken", [
    needs("type", "not of this type", (v) => isObject(v)),
    required("token"),
    member("token", 
      needs("type", "not of this type", (v) => typeof v === "string"),
      needs("minLength", "too short", (v) => typeof v !== "string" || atLeast(v, 1)),
    ),
  ]);
}
