// checks:sdk v1 8b8d4af74bbac5396e8fe528cb406d87ba45ad18b251a6ee76cba14fa0a17323
import { guestTokenIssues, isGuestToken } from "./guards/g.js";
import { guard } from "./guards/kit.js";
import { isNewOrder, newOrderIssues } from "./guards/n.js";
import { isOrder, orderIssues } from "./guards/o.js";
import { isProblem, problemIssues } from "./guards/p.js";
import { isReady, readyIssues } from "./guards/r.js";
import { isSubject, subjectIssues } from "./guards/s.js";
export { guestTokenIssues, isGuestToken } from "./guards/g.js";
export { isNewOrder, newOrderIssues } from "./guards/n.js";
export { isOrder, orderIssues } from "./guards/o.js";
export { isProblem, problemIssues } from "./guards/p.js";
export { isReady, readyIssues } from "./guards/r.js";
export { isSubject, subjectIssues } from "./guards/s.js";
export const guards = {
  Ready: /* @__PURE__ */ guard(isReady, readyIssues, true),
  GuestToken: /* @__PURE__ */ guard(isGuestToken, guestTokenIssues, true),
  Subject: /* @__PURE__ */ guard(isSubject, subjectIssues, true),
  NewOrder: /* @__PURE__ */ guard(isNewOrder, newOrderIssues, true),
  Order: /* @__PURE__ */ guard(isOrder, orderIssues, true),
  Problem: /* @__PURE__ */ guard(isProblem, problemIssues, true),
};
export const requestGuards = {
  Ready: /* @__PURE__ */ guard(isReady, readyIssues, true),
  GuestToken: /* @__PURE__ */ guard(isGuestToken, guestTokenIssues, true),
  Subject: /* @__PURE__ */ guard(isSubject, subjectIssues, true),
  NewOrder: /* @__PURE__ */ guard(isNewOrder, newOrderIssues, true),
  Order: /* @__PURE__ */ guard(isOrder, orderIssues, true),
  Problem: /* @__PURE__ */ guard(isProblem, problemIssues, true),
};
