// checks:sdk v1 e41a4741a7568aa954c1f4c446aefefa0b8fbe9fd65e19b7f6c7da6bccc8773c
import * as runtime from "./runtime.js";
/** Credentials by the name of their security scheme. */
export interface Auth {
  readonly guest?: runtime.Credential<string>;
}
/** A server of the contract, and the values of its variables. */
export type Server =
  | { readonly url: "https://api.shop.example" };
export declare const base: (client: runtime.Client) => string;
/** A client of this service: a plain value. */
export type Client = runtime.Client<Auth, Server>;
