// checks:sdk v1 4e61f62cc5af5d6e707c72067de576f61a0a1add614579f481968b05677259ad
import { collect, isObject, member, needs, required, run } from "./kit.js";
export function isNewOrder(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
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
export function newOrderIssues(v, limit = 20) {
  return isNewOrder(v) ? [] : collect(checkNewOrder, v, limit);
}
export function checkNewOrder(v, p, o) {
  run(v, p, o, "/components/schemas/NewOrder", [
    needs("type", "not of this type", (v) => isObject(v)),
    required("article", "count"),
    member("article", 
      needs("type", "not of this type", (v) => typeof v === "string"),
    ),
    member("count", 
      needs("type", "not of this type", (v) => typeof v === "number" && Number.isInteger(v)),
      needs("minimum", "too small", (v) => typeof v !== "number" || v >= 1),
    ),
  ]);
}
