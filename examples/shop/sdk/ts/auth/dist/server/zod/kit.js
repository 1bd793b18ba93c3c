// checks:sdk v1 f59f92e9dd1b68477f8f936d90e72c743123507fd408c0756f29ca7b4a59fe7e
import { PLACES, issuesOf, issuesOfMember } from "../../server/schemas.js";
import * as z from "zod";
function custom(issues) {
  return z.custom().check((it) => {
    for (const { message, path } of issues(it.value)) it.issues.push({ code: "custom", message, path: [...path], input: it.value });
  });
}
/** The schema of what the handler of an operation takes. */
export function requestSchema(served) {
  const members = PLACES.map((it) => [it, custom(issuesOfMember(served, it))]);
  const shape = Object.fromEntries(members);
  return Object.assign(custom(issuesOf(served)), { shape });
}
