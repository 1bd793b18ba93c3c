// checks:sdk v1 c0eff157440171fe0591d244e12231fdd6dc7931f5738fb27199f5bb0f89efb7
import { collect, isObject, member, mustBeInteger, mustBeObject, mustBeString, needs, required, run } from "./kit.js";
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { NewOrder } from "../schemas/n.js";
export function isNewOrder(v: unknown): v is NewOrder {
  if (!(isObject(v))) return false;
  const v1 = v as Readonly<Record<string, unknown>>;
  if (!(typeof v1["article"] === "string")) return false;
  {
    const v2 = v1["count"];
    if (!(typeof v2 === "number" && Number.isInteger(v2))) return false;
    if (!(v2 >= 1)) return false;
  }
  return true;
}
export function newOrderIssues(v: unknown, limit = 20): readonly GuardIssue[] {
  return isNewOrder(v) ? [] : collect(checkNewOrder, v, limit);
}
export function checkNewOrder(v: unknown, p: Path, o: Sink): void {
  run(v, p, o, "/components/schemas/NewOrder", [
    mustBeObject,
    required("article", "count"),
    member("article",
      mustBeString,
    ),
    member("count",
      mustBeInteger,
      needs("minimum", "less than 1", (v) => typeof v !== "number" || v >= 1),
    ),
  ]);
}
