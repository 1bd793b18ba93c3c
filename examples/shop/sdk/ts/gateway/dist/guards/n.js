// checks:sdk v1 a0d1bc3f114c85130a9eac2c4fc92a56b5ed8c2de94212064f5bef2e1cf3ed8e
import { collect, isObject, member, mustBeInteger, mustBeObject, mustBeString, needs, required, run } from "./kit.js";
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
    mustBeObject,
    required("article", "count"),
    member("article",
      mustBeString,
    ),
    member("count",
      mustBeInteger,
      needs("minimum", "less than 1", (v) => typeof v !== "number" || v >= 1),
    ),
  ]);
}
