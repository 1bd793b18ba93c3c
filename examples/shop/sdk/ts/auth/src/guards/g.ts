// checks:sdk v1 11d5147771fc3d6fb636cf06dbecc4e8e9982d3f6ae1ec23d624a667f8b117b1
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
    needs("type", "must be object", (v) => isObject(v)),
    required("token"),
    member("token", 
      needs("type", "must be string", (v) => typeof v === "string"),
      needs("minLength", "shorter than 1", (v) => typeof v !== "string" || atLeast(v, 1)),
    ),
  ]);
}
