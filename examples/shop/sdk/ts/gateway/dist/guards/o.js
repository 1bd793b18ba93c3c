// checks:sdk v1 d30ce817b32d33b215e96120bd52384b611f4c057d2f92eafcb66d28c4c0142a
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
