// checks:sdk v1 9ff7346d8d692de8dfa7a578532dae19dec3695cb7af622a9924a69f1a3ff449
import { atLeast, collect, isObject, member, mustBeObject, mustBeString, needs, required, run } from "./kit.js";
import type { GuardIssue, Path, Sink } from "./kit.js";
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
    mustBeObject,
    required("token"),
    member("token",
      mustBeString,
      needs("minLength", "shorter than 1", (v) => typeof v !== "string" || atLeast(v, 1)),
    ),
  ]);
}
