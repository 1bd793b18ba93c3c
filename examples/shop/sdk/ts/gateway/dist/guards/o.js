// checks:sdk v1 7db5bf9bd35e5cc65e9b83d11f3a04d4e439b8e4a87b9200f313939ff26c7179
import { collect, isObject, member, needs, required, run } from "./kit.js";
export function isOrder(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
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
export function orderIssues(v, limit = 20) {
  return isOrder(v) ? [] : collect(checkOrder, v, limit);
}
export function checkOrder(v, p, o) {
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
