// checks:sdk v1 5878ab070b8878911512686bb61bc76f16910130d9b39d6871ceb2ee3f48e38d
import { collect, isObject, member, mustBeInteger, mustBeObject, mustBeString, needs, required, run } from "./kit.js";
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
    mustBeObject,
    required("id", "article", "count"),
    member("id",
      mustBeString,
    ),
    member("article",
      mustBeString,
    ),
    member("count",
      mustBeInteger,
      needs("minimum", "less than 1", (v) => typeof v !== "number" || v >= 1),
    ),
  ]);
}
