// checks:sdk v1 6be4eef9ae5898e417a8d72a3f36b06c93eae9a77bc7c8b3688f85051943c06a
import { collect, isObject, member, needs, required, run } from "./kit.js";
import type { Check, GuardIssue, Path, Sink } from "./kit.js";
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
    n$67869378074,
    required("id", "article", "count"),
    member("id",
      n$886441107227,
    ),
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
