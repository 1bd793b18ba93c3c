// checks:sdk v1 d4a8e89bb476da4dc6b6c85235e60771f6cb31bc0702cb1d9b1b400a4c9fede9
import { atLeast, collect, isObject, member, needs, required, run } from "./kit.js";
export function isGuestToken(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
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
    n$67869378074,
    required("token"),
    member("token",
      n$886441107227,
      needs("minLength", "shorter than 1", (v) => typeof v !== "string" || atLeast(v, 1)),
    ),
  ]);
}
const n$67869378074 = /* @__PURE__ */ needs("type", "must be object", (v) => isObject(v));
const n$886441107227 = /* @__PURE__ */ needs("type", "must be string", (v) => typeof v === "string");
