// checks:sdk v1 39b4b6af897be1a87da31560f3680502fe53838fec25d0f2c760ead172e002ed
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
    needs("type", "not of this type", (v) => isObject(v)),
    required("ok"),
    member("ok", 
      needs("const", "not one of the allowed values", (v) => v === true),
    ),
  ]);
}
