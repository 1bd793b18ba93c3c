// checks:sdk v1 a7c8698cb5ba236d00fd0694c55459d29024fd967f9520c3a120458bb6e135e6
import { guestTokenIssues, isGuestToken } from "./guards/g.js";
import { guard } from "./guards/kit.js";
import { isNewOrder, newOrderIssues } from "./guards/n.js";
import { isOrder, orderIssues } from "./guards/o.js";
import { isProblem, problemIssues } from "./guards/p.js";
import { isReady, readyIssues } from "./guards/r.js";
import { isSubject, subjectIssues } from "./guards/s.js";
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
export const guards: {
  readonly Ready: Guard<Ready>;
  readonly GuestToken: Guard<GuestToken>;
  readonly Subject: Guard<Subject>;
  readonly NewOrder: Guard<NewOrder>;
  readonly Order: Guard<Order>;
  readonly Problem: Guard<Problem>;
} = {
  Ready: /* @__PURE__ */ guard(isReady, readyIssues, true),
  GuestToken: /* @__PURE__ */ guard(isGuestToken, guestTokenIssues, true),
  Subject: /* @__PURE__ */ guard(isSubject, subjectIssues, true),
  NewOrder: /* @__PURE__ */ guard(isNewOrder, newOrderIssues, true),
  Order: /* @__PURE__ */ guard(isOrder, orderIssues, true),
  Problem: /* @__PURE__ */ guard(isProblem, problemIssues, true),
};
export const requestGuards: {
  readonly Ready: Guard<Ready>;
  readonly GuestToken: Guard<GuestToken>;
  readonly Subject: Guard<Subject>;
  readonly NewOrder: Guard<NewOrder>;
  readonly Order: Guard<Order>;
  readonly Problem: Guard<Problem>;
} = {
  Ready: /* @__PURE__ */ guard(isReady, readyIssues, true),
  GuestToken: /* @__PURE__ */ guard(isGuestToken, guestTokenIssues, true),
  Subject: /* @__PURE__ */ guard(isSubject, subjectIssues, true),
  NewOrder: /* @__PURE__ */ guard(isNewOrder, newOrderIssues, true),
  Order: /* @__PURE__ */ guard(isOrder, orderIssues, true),
  Problem: /* @__PURE__ */ guard(isProblem, problemIssues, true),
};
