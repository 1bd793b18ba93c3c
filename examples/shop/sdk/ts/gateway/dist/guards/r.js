// checks:sdk v1 3355d4a63c55c93015bce42d169aaf5ec1ac1ef7c63c408ed0813fecc0489ddc
import { collect, isObject, member, needs, required, run } from "./kit.js";
export function isReady(v) {
  if (!(isObject(v))) return false;
  const v1 = v;
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
    n$67869378074,
    required("ok"),
    member("ok",
      needs("const", "not one of the allowed values", (v) => v === true),
    ),
  ]);
}
const n$67869378074 = /* @__PURE__ */ needs("type", "must be object", (v) => isObject(v));
