// checks:sdk v1 0f73c0a49ef205eddca925f8bbbd40862965e4c4cb4e31f2dfcd760288c83edd
import type * as runtime from "./runtime.js";
/** Credentials by the name of their security scheme. */
export interface Auth {
  readonly guest?: runtime.Credential<string>;
}
/** A server of the contract, and the values of its variables. */
export type Server = runtime.Server;
/** A client of this service: a plain value. */
export type Client = runtime.Client<Auth, Server>;
