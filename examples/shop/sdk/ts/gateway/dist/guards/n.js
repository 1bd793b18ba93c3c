// checks:sdk v1 41189e0ef8d3c9bb9fab165eab08f5a72a6be810715988928d032121187aacee
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
