// checks:sdk v1 16e9dbecfc091ef97ab7a9a1b5acc393628f8846a0a6d0419ac9f5964a79875b
import type { CreateGuestTokenRequest, GetReadyRequest, GetSubjectRequest, ListOrdersRequest, PlaceOrderRequest } from "../../../server/operations/default.js";
import type { RequestSchema } from "../../../server/zod/kit.js";
export declare const getReadyRequestSchema: RequestSchema<GetReadyRequest>;
export declare const createGuestTokenRequestSchema: RequestSchema<CreateGuestTokenRequest>;
export declare const getSubjectRequestSchema: RequestSchema<GetSubjectRequest>;
export declare const listOrdersRequestSchema: RequestSchema<ListOrdersRequest>;
export declare const placeOrderRequestSchema: RequestSchema<PlaceOrderRequest>;
