// checks:sdk v1 f9d48be7bc06037b98d40720b6d9695058452d83e86a8889bb88f1caa62228a0
import type { Served } from "../../server/request.js";
import * as z from "zod";
/** What a handler takes. `shape` has its members by themselves: `shape.body` is for a validator of JSON. */
export type RequestSchema<Input> = z.ZodType<Input> & {
  readonly shape: { readonly [Place in keyof Input]-?: z.ZodType<Exclude<Input[Place], undefined>> };
};
/** The schema of what the handler of an operation takes. */
export declare function requestSchema<Input>(served: Served): RequestSchema<Input>;
