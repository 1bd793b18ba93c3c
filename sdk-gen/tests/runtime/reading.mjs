// One operation with all kinds of answers, which most claims are about.

import * as runtime from "../../src/kit/runtime.js";
import { having } from "./loopback.mjs";

export const READ = {
  id: "read",
  method: "GET",
  path: "/orders/{id}",
  tags: ["orders"],
  parts: [runtime.inPath("id"), runtime.inQuery("limit"), runtime.inHeader("X-Trace"), runtime.inCookie("session")],
  repeat: runtime.repeated(),
  responses: {
    200: {
      content: { "application/json": having("id"), "text/*": {} },
      headers: runtime.headers(["x-count", runtime.asInteger, true], ["x-rate", runtime.asNumber], ["x-tags", runtime.asList(runtime.asText)], ["x-new", runtime.asBoolean]),
    },
    204: {},
    404: { content: { "application/problem+json": having("title") } },
    "4XX": { content: { "application/json": having("error") } },
    default: { content: { "application/json": {} } },
  },
};
export const quiet = { random: () => 0, sleep: async () => {} };
export const input = { path: { id: "7" } };
export const read = (client, more = input, options = {}) => runtime.call({ ...quiet, ...client }, READ, more, options);
