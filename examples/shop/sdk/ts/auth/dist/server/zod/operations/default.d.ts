// checks:sdk v1 87f3566aa1725fc5aef4f72cadb91e47c95dfe192e07c60716d3033fd6093a09
import type { CreateGuestTokenRequest, GetSubjectRequest } from "../../../server/operations/default.js";
import type { RequestSchema } from "../../../server/zod/kit.js";
export declare const createGuestTokenRequestSchema: RequestSchema<CreateGuestTokenRequest>;
export declare const getSubjectRequestSchema: RequestSchema<GetSubjectRequest>;
