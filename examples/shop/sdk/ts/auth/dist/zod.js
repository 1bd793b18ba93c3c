// checks:sdk v1 e706b9be6efd1b9d290612ff2531dcf6b9693ee01018733e775c11c9fdb79e86
import { guestTokenIssues, isGuestToken } from "./guards/g.js";
import { atLeast, atMost, multiple } from "./guards/kit.js";
import { isProblem, problemIssues } from "./guards/p.js";
import { isSubject, subjectIssues } from "./guards/s.js";
import * as z from "zod";
function custom(is, issues) {
  return z.custom().check((it) => {
    if (is(it.value)) return;
    for (const { message, path } of issues(it.value)) it.issues.push({ code: "custom", message, path: [...path], input: it.value });
  });
}
export const GuestToken = /* @__PURE__ */ custom(isGuestToken, guestTokenIssues);
export const Subject = /* @__PURE__ */ custom(isSubject, subjectIssues);
export const Problem = /* @__PURE__ */ custom(isProblem, problemIssues);
export const schemas = {
  GuestToken: GuestToken,
  Subject: Subject,
  Problem: Problem,
};
export const requestSchemas = {
  GuestToken: GuestToken,
  Subject: Subject,
  Problem: Problem,
};
