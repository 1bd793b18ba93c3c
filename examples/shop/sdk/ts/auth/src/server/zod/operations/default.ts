// checks:sdk v1 dabafed5c0af4c887adb23e84aebc17266586b17afe8f1e0a29ba696a2cf3352
import { serveCreateGuestToken, serveGetSubject } from "../../../server/operations/default.js";
import { requestSchema } from "../../../server/zod/kit.js";
import type { CreateGuestTokenRequest, GetSubjectRequest } from "../../../server/operations/default.js";
import type { RequestSchema } from "../../../server/zod/kit.js";
export const createGuestTokenRequestSchema: RequestSchema<CreateGuestTokenRequest> = /* @__PURE__ */ requestSchema(serveCreateGuestToken);
export const getSubjectRequestSchema: RequestSchema<GetSubjectRequest> = /* @__PURE__ */ requestSchema(serveGetSubject);
