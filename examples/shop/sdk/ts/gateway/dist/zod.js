// checks:sdk v1 d5ed8af1fb177b847cd8a9f32852f32e2942530020e19939f6ff073743dd472b
import { guestTokenIssues, isGuestToken } from "./guards/g.js";
import { atLeast, atMost, multiple } from "./guards/kit.js";
import { isNewOrder, newOrderIssues } from "./guards/n.js";
import { isOrder, orderIssues } from "./guards/o.js";
import { isProblem, problemIssues } from "./guards/p.js";
import { isReady, readyIssues } from "./guards/r.js";
import { isSubject, subjectIssues } from "./guards/s.js";
import * as z from "zod";
function custom(is, issues) {
  return z.custom().check((it) => {
    if (is(it.value)) return;
    for (const { message, path } of issues(it.value)) it.issues.push({ code: "custom", message, path: [...path], input: it.value });
  });
}
export const Ready = /* @__PURE__ */ custom(isReady, readyIssues);
export const GuestToken = /* @__PURE__ */ custom(isGuestToken, guestTokenIssues);
export const Subject = /* @__PURE__ */ custom(isSubject, subjectIssues);
export const NewOrder = /* @__PURE__ */ custom(isNewOrder, newOrderIssues);
export const Order = /* @__PURE__ */ custom(isOrder, orderIssues);
export const Problem = /* @__PURE__ */ custom(isProblem, problemIssues);
export const schemas = {
  Ready: Ready,
  GuestToken: GuestToken,
  Subject: Subject,
  NewOrder: NewOrder,
  Order: Order,
  Problem: Problem,
};
export const requestSchemas = {
  Ready: Ready,
  GuestToken: GuestToken,
  Subject: Subject,
  NewOrder: NewOrder,
  Order: Order,
  Problem: Problem,
};
