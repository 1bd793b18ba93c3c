// checks:sdk v1 3dddb50825d14e6e03dafd5da09625724cda1a5d9ac8b01bb4c0ce5b52800804
import { collect, isObject, member, mustBeInteger, mustBeObject, mustBeString, needs, required, run } from "./kit.js";
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { Order } from "../schemas/o.js";
export function isOrder(v: unknown): v is Order {
  if (!(isObject(v))) return false;
  const v1 = v as Readonly<Record<string, unknown>>;
  if (!(typeof v1["id"] === "string")) return false;
  if (!(typeof v1["article"] === "string")) return false;
  {
    const v2 = v1["count"];
    if (!(typeof v2 === "number" && Number.isInteger(v2))) return false;
    if (!(v2 >= 1)) return false;
  }
  return true;
}
export function orderIssues(v: unknown, limit = 20): readonly GuardIssue[] {
  return isOrder(v) ? [] : collect(checkOrder, v, limit);
}
export function checkOrder(v: unknown, p: Path, o: Sink): void {
  run(v, p, o, "/components/schemas/Order", [
    mustBeObject,
    required("id", "article", "count"),
    member("id",
      mustBeString,
    ),
    member("article",
      mustBeString,
    ),
    member("count",
      mustBeInteger,
      needs("minimum", "less than 1", (v) => typeof v !== "number" || v >= 1),
    ),
  ]);
}
