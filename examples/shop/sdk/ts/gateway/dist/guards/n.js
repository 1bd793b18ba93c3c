// checks:sdk v1 39b0ee7731397545261e293b94da6af958b5fd91d5d8714fc3be5fa20063ee81
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
