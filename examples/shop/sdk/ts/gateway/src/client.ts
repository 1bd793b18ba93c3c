// checks:sdk v1 74b4b126f04213dd5926915293c4f95b3740f19969cb5d0889a6b3933b2133bf
import * as runtime from "./runtime.js";
/** Credentials by the name of their security scheme. */
export interface Auth {
  readonly guest?: runtime.Credential<string>;
}
/** A server of the contract, and the values of its variables. */
export type Server =
  | { readonly url: "https://api.shop.example" };
export const base: (client: runtime.Client) => string = () => "https://api.shop.example";
/** A client of this service: a plain value. */
export type Client = runtime.Client<Auth, Server>;
