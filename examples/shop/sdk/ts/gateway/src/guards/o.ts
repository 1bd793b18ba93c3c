// checks:sdk v1 66e1aa70026043c9a849f9952616e7c26d0c770a3ae695b864ee3f2187323352
import { collect, isObject, member, needs, required, run } from "./kit.js";
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { Order } from "../schemas/o.js";
export function isOrder(v: unknown): v is Order {
  if (!(isObject(v))) return false;
  const v1 = v as Readonly<Record<string, unknown>>;
  if (!(v1["id"] !== undefined)) return false;
  if (!(v1["article"] !== undefined)) return false;
  if (!(v1["count"] !== undefined)) return false;
  {
    const v2 = v1["id"];
    if (!(typeof v2 === "string")) return false;
  }
  {
    const v3 = v1["article"];
    if (!(typeof v3 === "string")) return false;
  }
  {
    const v4 = v1["count"];
    if (!(typeof v4 === "number" && Number.isInteger(v4))) return false;
    if (!(v4 >= 1)) return false;
  }
  return true;
}
export function orderIssues(v: unknown, limit = 20): readonly GuardIssue[] {
  return isOrder(v) ? [] : collect(checkOrder, v, limit);
}
export function checkOrder(v: unknown, p: Path, o: Sink): void {
  run(v, p, o, "/components/schemas/Order", [
    needs("type", "not of this type", (v) => isObject(v)),
    required("id", "article", "count"),
    member("id", 
      needs("type", "not of this type", (v) => typeof v === "string"),
    ),
    member("article", 
      needs("type", "not of this type", (v) => typeof v === "string"),
    ),
    member("count", 
      needs("type", "not of this type", (v) => typeof v === "number" && Number.isInteger(v)),
      needs("minimum", "too small", (v) => typeof v !== "number" || v >= 1),
    ),
  ]);
}
