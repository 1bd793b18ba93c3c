// checks:sdk v1 d63b21843ba4be0ff3e78fb79403e846c0eb407313e4668cddc8e566cfa6232b
import { guestTokenIssues, isGuestToken } from "./guards/g.js";
import { guard } from "./guards/kit.js";
import { isProblem, problemIssues } from "./guards/p.js";
import { isSubject, subjectIssues } from "./guards/s.js";
import type { Guard } from "./guards/kit.js";
import type { GuestToken } from "./schemas/g.js";
import type { Problem } from "./schemas/p.js";
import type { Subject } from "./schemas/s.js";
export { guestTokenIssues, isGuestToken } from "./guards/g.js";
export { isProblem, problemIssues } from "./guards/p.js";
export { isSubject, subjectIssues } from "./guards/s.js";
export type { Guard, GuardIssue } from "./guards/kit.js";
export const guards: {
  readonly GuestToken: Guard<GuestToken>;
  readonly Subject: Guard<Subject>;
  readonly Problem: Guard<Problem>;
} = {
  GuestToken: /* @__PURE__ */ guard(isGuestToken, guestTokenIssues, true),
  Subject: /* @__PURE__ */ guard(isSubject, subjectIssues, true),
  Problem: /* @__PURE__ */ guard(isProblem, problemIssues, true),
};
export const requestGuards: {
  readonly GuestToken: Guard<GuestToken>;
  readonly Subject: Guard<Subject>;
  readonly Problem: Guard<Problem>;
} = {
  GuestToken: /* @__PURE__ */ guard(isGuestToken, guestTokenIssues, true),
  Subject: /* @__PURE__ */ guard(isSubject, subjectIssues, true),
  Problem: /* @__PURE__ */ guard(isProblem, problemIssues, true),
};
