// checks:sdk v1 32d7f1eaaa2c6b7efb24ae0268a2fd5deb57d3c8d01f28de48e1615a59bd6362
import { atLeast, collect, isObject, member, mustBeObject, mustBeString, needs, required, run } from "./kit.js";
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
    mustBeObject,
    required("token"),
    member("token",
      mustBeString,
      needs("minLength", "shorter than 1", (v) => typeof v !== "string" || atLeast(v, 1)),
    ),
  ]);
}
