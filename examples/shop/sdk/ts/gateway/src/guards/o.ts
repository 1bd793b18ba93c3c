// checks:sdk v1 6e9d5c89a2e11b16d49f8d4c8eaddf554fd97181adbf9b40760c4d74f7b35b95
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
    needs("type", "must be object", (v) => isObject(v)),
    required("id", "article", "count"),
    member("id", 
      needs("type", "must be string", (v) => typeof v === "string"),
    ),
    member("article", 
      needs("type", "must be string", (v) => typeof v === "string"),
    ),
    member("count", 
      needs("type", "must be integer", (v) => typeof v === "number" && Number.isInteger(v)),
      needs("minimum", "less than 1", (v) => typeof v !== "number" || v >= 1),
    ),
  ]);
}
