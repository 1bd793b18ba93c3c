// checks:sdk v1 5299e3c8044778d41f74d1da47978f53f1d66d14a6b5035f0cfbda4989f870c5
import type { Guard } from "./guards/kit.js";
import type { GuestToken } from "./schemas/g.js";
import type { NewOrder } from "./schemas/n.js";
import type { Order } from "./schemas/o.js";
import type { Problem } from "./schemas/p.js";
import type { Ready } from "./schemas/r.js";
import type { Subject } from "./schemas/s.js";
export { guestTokenIssues, isGuestToken } from "./guards/g.js";
export { isNewOrder, newOrderIssues } from "./guards/n.js";
export { isOrder, orderIssues } from "./guards/o.js";
export { isProblem, problemIssues } from "./guards/p.js";
export { isReady, readyIssues } from "./guards/r.js";
export { isSubject, subjectIssues } from "./guards/s.js";
export type { Guard, GuardIssue } from "./guards/kit.js";
export declare const guards: {
  readonly Ready: Guard<Ready>;
  readonly GuestToken: Guard<GuestToken>;
  readonly Subject: Guard<Subject>;
  readonly NewOrder: Guard<NewOrder>;
  readonly Order: Guard<Order>;
  readonly Problem: Guard<Problem>;
};
export declare const requestGuards: {
  readonly Ready: Guard<Ready>;
  readonly GuestToken: Guard<GuestToken>;
  readonly Subject: Guard<Subject>;
  readonly NewOrder: Guard<NewOrder>;
  readonly Order: Guard<Order>;
  readonly Problem: Guard<Problem>;
};
