// checks:sdk v1 bfe65eff19c0d75748fbf617b8e21471f10ba1fb56ff2fb497a03df90da9404a
import { collect, isObject, member, needs, required, run } from "./kit.js";
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { NewOrder } from "../schemas/n.js";
export function isNewOrder(v: unknown): v is NewOrder {
  if (!(isObject(v))) return false;
  const v1 = v as Readonly<Record<string, unknown>>;
  if (!(v1["article"] !== undefined)) return false;
  if (!(v1["count"] !== undefined)) return false;
  {
    const v2 = v1["article"];
    if (!(typeof v2 === "string")) return false;
  }
  {
    const v3 = v1["count"];
    if (!(typeof v3 === "number" && Number.isInteger(v3))) return false;
    if (!(v3 >= 1)) return false;
  }
  return true;
}
export function newOrderIssues(v: unknown, limit = 20): readonly GuardIssue[] {
  return isNewOrder(v) ? [] : collect(checkNewOrder, v, limit);
}
export function checkNewOrder(v: unknown, p: Path, o: Sink): void {
  run(v, p, o, "/components/schemas/NewOrder", [
    needs("type", "must be object", (v) => isObject(v)),
    required("article", "count"),
    member("article", 
      needs("type", "must be string", (v) => typeof v === "string"),
    ),
    member("count", 
      needs("type", "must be integer", (v) => typeof v === "number" && Number.isInteger(v)),
      needs("minimum", "less than 1", (v) => typeof v !== "number" || v >= 1),
    ),
  ]);
}
