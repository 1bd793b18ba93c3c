// checks:sdk v1 c083dcc90d11b6142cbaafb1911e509d27a42a4b1419d5a6aa4bef53390a96c2
import { PLACES, issuesOf, issuesOfMember } from "../../server/schemas.js";
import type { Served } from "../../server/request.js";
import type { Issues } from "../../server/schemas.js";
import * as z from "zod";
/** What a handler takes. `shape` has its members by themselves: `shape.body` is for a validator of JSON. */
export type RequestSchema<Input> = z.ZodType<Input> & {
  readonly shape: { readonly [Place in keyof Input]-?: z.ZodType<Exclude<Input[Place], undefined>> };
};
function custom(issues: Issues): z.ZodType {
  return z.custom().check((it) => {
    for (const { message, path } of issues(it.value)) it.issues.push({ code: "custom", message, path: [...path], input: it.value });
  });
}
/** The schema of what the handler of an operation takes. */
export function requestSchema<Input>(served: Served): RequestSchema<Input> {
  const members = PLACES.map((it) => [it, custom(issuesOfMember(served, it))]);
  const shape = Object.fromEntries(members);
  return Object.assign(custom(issuesOf(served)), { shape }) as unknown as RequestSchema<Input>;
}
