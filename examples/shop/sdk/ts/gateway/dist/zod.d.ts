// checks:sdk v1 f000f6d8432dc2fd1f6b17eda8c8a1a47be9cfffbc5ca8b89b9d29f3c7a3e22e
import * as z from "zod";
import type * as T from "./schemas.js";
export declare const Ready: z.ZodType<T.Ready>;
export declare const GuestToken: z.ZodType<T.GuestToken>;
export declare const Subject: z.ZodType<T.Subject>;
export declare const NewOrder: z.ZodType<T.NewOrder>;
export declare const Order: z.ZodType<T.Order>;
export declare const Problem: z.ZodType<T.Problem>;
export declare const schemas: {
  readonly Ready: z.ZodType<T.Ready>;
  readonly GuestToken: z.ZodType<T.GuestToken>;
  readonly Subject: z.ZodType<T.Subject>;
  readonly NewOrder: z.ZodType<T.NewOrder>;
  readonly Order: z.ZodType<T.Order>;
  readonly Problem: z.ZodType<T.Problem>;
};
export declare const requestSchemas: {
  readonly Ready: z.ZodType<T.Ready>;
  readonly GuestToken: z.ZodType<T.GuestToken>;
  readonly Subject: z.ZodType<T.Subject>;
  readonly NewOrder: z.ZodType<T.NewOrder>;
  readonly Order: z.ZodType<T.Order>;
  readonly Problem: z.ZodType<T.Problem>;
};
