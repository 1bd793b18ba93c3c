// checks:sdk v1 d476ba4481f34e8c02268a34b6bf212d30dc7fe6d34846c843ee0746dd52e7ff
import { guestTokenIssues, isGuestToken } from "./guards/g.js";
import { atLeast, atMost, multiple } from "./guards/kit.js";
import { isProblem, problemIssues } from "./guards/p.js";
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
export const GuestToken: z.ZodType<T.GuestToken> = /* @__PURE__ */ custom(isGuestToken, guestTokenIssues);
export const Subject: z.ZodType<T.Subject> = /* @__PURE__ */ custom(isSubject, subjectIssues);
export const Problem: z.ZodType<T.Problem> = /* @__PURE__ */ custom(isProblem, problemIssues);
export const schemas: {
  readonly GuestToken: z.ZodType<T.GuestToken>;
  readonly Subject: z.ZodType<T.Subject>;
  readonly Problem: z.ZodType<T.Problem>;
} = {
  GuestToken: GuestToken,
  Subject: Subject,
  Problem: Problem,
};
export const requestSchemas: {
  readonly GuestToken: z.ZodType<T.GuestToken>;
  readonly Subject: z.ZodType<T.Subject>;
  readonly Problem: z.ZodType<T.Problem>;
} = {
  GuestToken: GuestToken,
  Subject: Subject,
  Problem: Problem,
};
