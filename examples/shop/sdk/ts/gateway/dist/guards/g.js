// checks:sdk v1 bd153e1854defe731d6cdeed573d110fc9010daa842bac94b21da91432cc4b9a
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
    needs("type", "must be object", (v) => isObject(v)),
    required("token"),
    member("token", 
      needs("type", "must be string", (v) => typeof v === "string"),
      needs("minLength", "shorter than 1", (v) => typeof v !== "string" || atLeast(v, 1)),
    ),
  ]);
}
