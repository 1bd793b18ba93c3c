// checks:sdk v1 87a0be3d0abbe1ea3f4c3586b97ca4a473e3b533bbe2a6768861332e3807b804
import { collect, isObject, member, needs, required, run } from "./kit.js";
export function isOrder(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
  if (!(typeof v1["id"] === "string")) return false;
  if (!(typeof v1["article"] === "string")) return false;
  {
    const v2 = v1["count"];
    if (!(typeof v2 === "number" && Number.isInteger(v2))) return false;
    if (!(v2 >= 1)) return false;
  }
  return true;
}
export function orderIssues(v, limit = 20) {
  return isOrder(v) ? [] : collect(checkOrder, v, limit);
}
export function checkOrder(v, p, o) {
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
const n$67869378074 = /* @__PURE__ */ needs("type", "must be object", (v) => isObject(v));
const n$886441107227 = /* @__PURE__ */ needs("type", "must be string", (v) => typeof v === "string");
const n$1089039097568 = /* @__PURE__ */ needs("type", "must be integer", (v) => typeof v === "number" && Number.isInteger(v));
