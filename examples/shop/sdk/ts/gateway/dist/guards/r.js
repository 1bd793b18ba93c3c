// checks:sdk v1 ad84d9b8d706d0a9540cc5390fdaea120c6d032b5a488bfec5c4e937a590b0df
import { collect, isObject, member, needs, required, run } from "./kit.js";
export function isReady(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
  if (!(v1["ok"] !== undefined)) return false;
  {
    const v2 = v1["ok"];
    if (!(v2 === true)) return false;
  }
  return true;
}
export function readyIssues(v, limit = 20) {
  return isReady(v) ? [] : collect(checkReady, v, limit);
}
export function checkReady(v, p, o) {
  run(v, p, o, "/components/schemas/Ready", [
    needs("type", "must be object", (v) => isObject(v)),
    required("ok"),
    member("ok", 
      needs("const", "not one of the allowed values", (v) => v === true),
    ),
  ]);
}
