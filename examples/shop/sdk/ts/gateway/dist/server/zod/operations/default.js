// checks:sdk v1 6101c42cbcddc934f3ee5114216ca84fac639c5a5c0592dc6dfa91f8c128c0f5
import { serveCreateGuestToken, serveGetReady, serveGetSubject, serveListOrders, servePlaceOrder } from "../../../server/operations/default.js";
import { requestSchema } from "../../../server/zod/kit.js";
export const getReadyRequestSchema = /* @__PURE__ */ requestSchema(serveGetReady);
export const createGuestTokenRequestSchema = /* @__PURE__ */ requestSchema(serveCreateGuestToken);
export const getSubjectRequestSchema = /* @__PURE__ */ requestSchema(serveGetSubject);
export const listOrdersRequestSchema = /* @__PURE__ */ requestSchema(serveListOrders);
export const placeOrderRequestSchema = /* @__PURE__ */ requestSchema(servePlaceOrder);
