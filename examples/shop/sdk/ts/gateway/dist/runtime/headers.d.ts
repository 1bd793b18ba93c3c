// checks:sdk v1 d4299d38ebd707a8ccf1aea4aabce6217eae05720df476917cbd4e00140b5c6c
import type { ResponseSpec } from "./operation.js";
/** The value of a text, or `undefined` if it is none of this kind. */
export type Parse = (text: string) => unknown;
/** Name in lower case, kind, and whether it must be there. */
export type HeaderField = readonly [name: string, parse: Parse, isRequired?: boolean];
/** Headers by their kinds. */
export declare const headers: (...fields: readonly HeaderField[]) => NonNullable<ResponseSpec["headers"]>;
export declare const asText: Parse;
export declare const asNumber: Parse;
export declare const asInteger: Parse;
export declare const asBoolean: Parse;
/** Items between commas. */
export declare const asList: (parse: Parse) => Parse;
