// checks:sdk v1 f7a0e933dbf0cbc0a6bca94c004a99dce8c981990112c4b3183e419069fc12a4
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
