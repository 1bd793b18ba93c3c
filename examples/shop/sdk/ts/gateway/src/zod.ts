// checks:sdk v1 8c155be5a60d5ee4dd0ce604318c9cf57481ce0c16e4b4d507235ab55d6789e7
import { guestTokenIssues, isGuestToken } from "./guards/g.js";
import { atLeast, atMost, multiple } from "./guards/kit.js";
import { isNewOrder, newOrderIssues } from "./guards/n.js";
import { isOrder, orderIssues } from "./guards/o.js";
import { isProblem, problemIssues } from "./guards/p.js";
import { isReady, readyIssues } from "./guards/r.js";
import { isSubject, subjectIssues } from "./guards/s.js";
import type { GuardIssue } from "./guards/kit.js";
import * as z from "zod";
import type * as T from "./schemas.js";
function custom<T>(is: (v: unknown) => boolean, issues: (v: unknown) => readonly GuardIssue[]): z.ZodType<T> {
  return z.custom<T>().check((it) => {
    if (is(it.value)) return;
    for (const { message, path } of issues(it.value)) it.issues.push({ code: "custom", message, path: [...path], input: it.value });
  });
}
export const Ready: z.ZodType<T.Ready> = /* @__PURE__ */ custom(isReady, readyIssues);
export const GuestToken: z.ZodType<T.GuestToken> = /* @__PURE__ */ custom(isGuestToken, guestTokenIssues);
export const Subject: z.ZodType<T.Subject> = /* @__PURE__ */ custom(isSubject, subjectIssues);
export const NewOrder: z.ZodType<T.NewOrder> = /* @__PURE__ */ custom(isNewOrder, newOrderIssues);
export const Order: z.ZodType<T.Order> = /* @__PURE__ */ custom(isOrder, orderIssues);
export const Problem: z.ZodType<T.Problem> = /* @__PURE__ */ custom(isProblem, problemIssues);
export const schemas: {
  readonly Ready: z.ZodType<T.Ready>;
  readonly GuestToken: z.ZodType<T.GuestToken>;
  readonly Subject: z.ZodType<T.Subject>;
  readonly NewOrder: z.ZodType<T.NewOrder>;
  readonly Order: z.ZodType<T.Order>;
  readonly Problem: z.ZodType<T.Problem>;
} = {
  Ready: Ready,
  GuestToken: GuestToken,
  Subject: Subject,
  NewOrder: NewOrder,
  Order: Order,
  Problem: Problem,
};
export const requestSchemas: {
  readonly Ready: z.ZodType<T.Ready>;
  readonly GuestToken: z.ZodType<T.GuestToken>;
  readonly Subject: z.ZodType<T.Subject>;
  readonly NewOrder: z.ZodType<T.NewOrder>;
  readonly Order: z.ZodType<T.Order>;
  readonly Problem: z.ZodType<T.Problem>;
} = {
  Ready: Ready,
  GuestToken: GuestToken,
  Subject: Subject,
  NewOrder: NewOrder,
  Order: Order,
  Problem: Problem,
};
