// checks:sdk v1 b5c518877ca7aa63c75485727e8004e13fad911cb45f7c0e28395aa29301b159
import { atLeast, collect, isObject, member, needs, required, run } from "./kit.js";
import type { Check, GuardIssue, Path, Sink } from "./kit.js";
import type { GuestToken } from "../schemas/g.js";
export function isGuestToken(v: unknown): v is GuestToken {
  if (!(isObject(v))) return false;
  const v1 = v as Readonly<Record<string, unknown>>;
  {
    const v2 = v1["token"];
    if (!(typeof v2 === "string")) return false;
    if (!atLeast(v2, 1)) return false;
  }
  return true;
}
export function guestTokenIssues(v: unknown, limit = 20): readonly GuardIssue[] {
  return isGuestToken(v) ? [] : collect(checkGuestToken, v, limit);
}
export function checkGuestToken(v: unknown, p: Path, o: Sink): void {
  run(v, p, o, "/components/schemas/GuestToken", [
    n$67869378074,
    required("token"),
    member("token",
      n$886441107227,
      needs("minLength", "shorter than 1", (v) => typeof v !== "string" || atLeast(v, 1)),
    ),
  ]);
}
const n$67869378074: Check = /* @__PURE__ */ needs("type", "must be object", (v) => isObject(v));
const n$886441107227: Check = /* @__PURE__ */ needs("type", "must be string", (v) => typeof v === "string");
