// checks:sdk v1 cf1187c2f179a733529de191a1c48fe8e2a0dd79bbe793ace937d12e68286b39
import { guestTokenIssues, isGuestToken } from "./guards/g.js";
import { guard } from "./guards/kit.js";
import { isProblem, problemIssues } from "./guards/p.js";
import { isSubject, subjectIssues } from "./guards/s.js";
export { guestTokenIssues, isGuestToken } from "./guards/g.js";
export { isProblem, problemIssues } from "./guards/p.js";
export { isSubject, subjectIssues } from "./guards/s.js";
export const guards = {
  GuestToken: /* @__PURE__ */ guard(isGuestToken, guestTokenIssues, true),
  Subject: /* @__PURE__ */ guard(isSubject, subjectIssues, true),
  Problem: /* @__PURE__ */ guard(isProblem, problemIssues, true),
};
export const requestGuards = {
  GuestToken: /* @__PURE__ */ guard(isGuestToken, guestTokenIssues, true),
  Subject: /* @__PURE__ */ guard(isSubject, subjectIssues, true),
  Problem: /* @__PURE__ */ guard(isProblem, problemIssues, true),
};
