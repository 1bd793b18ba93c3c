// checks:sdk v1 5fdc33ae08fd603a1298d6fb17ebec31aa3f46e2642cc8c3e7f9f7a0327de5b1
import type { Guard } from "./guards/kit.js";
import type { GuestToken } from "./schemas/g.js";
import type { Problem } from "./schemas/p.js";
import type { Subject } from "./schemas/s.js";
export { guestTokenIssues, isGuestToken } from "./guards/g.js";
export { isProblem, problemIssues } from "./guards/p.js";
export { isSubject, subjectIssues } from "./guards/s.js";
export type { Guard, GuardIssue } from "./guards/kit.js";
export declare const guards: {
  readonly GuestToken: Guard<GuestToken>;
  readonly Subject: Guard<Subject>;
  readonly Problem: Guard<Problem>;
};
export declare const requestGuards: {
  readonly GuestToken: Guard<GuestToken>;
  readonly Subject: Guard<Subject>;
  readonly Problem: Guard<Problem>;
};
