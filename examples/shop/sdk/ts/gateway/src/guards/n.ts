// checks:sdk v1 06e91e9dbcf250dabc145ed5515a1e1bc8af64483b186821a283761aefd61669
import { collect, isObject, member, needs, required, run } from "./kit.js";
import type { Check, GuardIssue, Path, Sink } from "./kit.js";
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
    n$67869378074,
    required("article", "count"),
    member("article",
      n$886441107227,
    ),
    member("count",
      n$1089039097568,
      needs("minimum", "less than 1", (v) => typeof v !== "number" || v >= 1),
    ),
  ]);
}
const n$67869378074: Check = /* @__PURE__ */ needs("type", "must be object", (v) => isObject(v));
const n$886441107227: Check = /* @__PURE__ */ needs("type", "must be string", (v) => typeof v === "string");
const n$1089039097568: Check = /* @__PURE__ */ needs("type", "must be integer", (v) => typeof v === "number" && Number.isInteger(v));
