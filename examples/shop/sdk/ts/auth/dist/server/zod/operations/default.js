// checks:sdk v1 b6e6771fa7d85c5d79e7a457a6455b7a29f145682a558ce5d924e016c536b8cf
import { serveCreateGuestToken, serveGetSubject } from "../../../server/operations/default.js";
import { requestSchema } from "../../../server/zod/kit.js";
export const createGuestTokenRequestSchema = /* @__PURE__ */ requestSchema(serveCreateGuestToken);
export const getSubjectRequestSchema = /* @__PURE__ */ requestSchema(serveGetSubject);
