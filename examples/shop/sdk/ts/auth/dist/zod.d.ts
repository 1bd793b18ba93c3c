// checks:sdk v1 e10da9c19a4849106ac3fc97b02a893f3dda9a6b73e96d5b51d8b3e11d39f491
import * as z from "zod";
import type * as T from "./schemas.js";
export declare const GuestToken: z.ZodType<T.GuestToken>;
export declare const Subject: z.ZodType<T.Subject>;
export declare const Problem: z.ZodType<T.Problem>;
export declare const schemas: {
  readonly GuestToken: z.ZodType<T.GuestToken>;
  readonly Subject: z.ZodType<T.Subject>;
  readonly Problem: z.ZodType<T.Problem>;
};
export declare const requestSchemas: {
  readonly GuestToken: z.ZodType<T.GuestToken>;
  readonly Subject: z.ZodType<T.Subject>;
  readonly Problem: z.ZodType<T.Problem>;
};
