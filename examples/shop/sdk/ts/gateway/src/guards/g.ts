// checks:sdk v1 c020126c085b4af8cdb44e0175eb3b72c87c2d46d988d264090aa4ff760aab13
import { atLeast, collect, isObject, member, needs, required, run } from "./kit.js";
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { GuestToken } from "../schemas/g.js";
export function isGuestToken(v: unknown): v is GuestToken {
  if (!(isObject(v))) return false;
  const v1 = v as Readonly<Record<string, unknown>>;
  if (!(v1["token"] !== undefined)) return false;
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
    needs("type", "not of this type", (v) => isObject(v)),
    required("token"),
    member("token", 
      needs("type", "not of this type", (v) => typeof v === "string"),
      needs("minLength", "too short", (v) => typeof v !== "string" || atLeast(v, 1)),
    ),
  ]);
}
