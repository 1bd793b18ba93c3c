// checks:sdk v1 1fa60e055082ea2ddb688c65f4f4ed01f50ee9ffd84228a7ceda11ff1f826f23
import type { Client } from "./client.js";
import type { Draft, Security } from "./operation.js";
/** Puts a credential into a request. */
export type Place = (credential: never, draft: Draft) => void;
/** The alternatives of an operation, by the names of their schemes: the first one is taken of which all credentials are given. */
export declare const secured: (...alternatives: readonly Readonly<Record<string, Place>>[]) => Security;
export declare const bearer: Place;
export declare const basic: Place;
/** Another scheme of HTTP: what is given stands after its name. */
export declare const authorization: (scheme: string) => Place;
export declare const keyInHeader: (name: string) => Place;
export declare const keyInQuery: (name: string) => Place;
export declare const keyInCookie: (name: string) => Place;
/** The servers of a contract and the defaults of their variables, the first one first. */
export declare const servers: (known: Readonly<Record<string, Readonly<Record<string, string>>>>) => ({ server }: Client) => string;
