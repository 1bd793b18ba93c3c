// checks:sdk v1 c6247fece31ea84aa60264d8d54d76f057425bf8e3e2bae32598a7b52036c3e2
import { collect, isObject, member, needs, required, run } from "./kit.js";
export function isNewOrder(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
  if (!(typeof v1["article"] === "string")) return false;
  {
    const v2 = v1["count"];
    if (!(typeof v2 === "number" && Number.isInteger(v2))) return false;
    if (!(v2 >= 1)) return false;
  }
  return true;
}
export function newOrderIssues(v, limit = 20) {
  return isNewOrder(v) ? [] : collect(checkNewOrder, v, limit);
}
export function checkNewOrder(v, p, o) {
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
const n$67869378074 = /* @__PURE__ */ needs("type", "must be object", (v) => isObject(v));
const n$886441107227 = /* @__PURE__ */ needs("type", "must be string", (v) => typeof v === "string");
const n$1089039097568 = /* @__PURE__ */ needs("type", "must be integer", (v) => typeof v === "number" && Number.isInteger(v));
