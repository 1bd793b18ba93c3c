// checks:sdk v1 357711d56c280caa1b9f87b95311773271d517febc005cbd20cffd3dd2b5f80e
import { serveCreateGuestToken, serveGetReady, serveGetSubject, serveListOrders, servePlaceOrder } from "../../../server/operations/default.js";
import { requestSchema } from "../../../server/zod/kit.js";
import type { CreateGuestTokenRequest, GetReadyRequest, GetSubjectRequest, ListOrdersRequest, PlaceOrderRequest } from "../../../server/operations/default.js";
import type { RequestSchema } from "../../../server/zod/kit.js";
export const getReadyRequestSchema: RequestSchema<GetReadyRequest> = /* @__PURE__ */ requestSchema(serveGetReady);
export const createGuestTokenRequestSchema: RequestSchema<CreateGuestTokenRequest> = /* @__PURE__ */ requestSchema(serveCreateGuestToken);
export const getSubjectRequestSchema: RequestSchema<GetSubjectRequest> = /* @__PURE__ */ requestSchema(serveGetSubject);
export const listOrdersRequestSchema: RequestSchema<ListOrdersRequest> = /* @__PURE__ */ requestSchema(serveListOrders);
export const placeOrderRequestSchema: RequestSchema<PlaceOrderRequest> = /* @__PURE__ */ requestSchema(servePlaceOrder);
