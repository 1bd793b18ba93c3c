// checks:sdk v1 f68ebeb6a3e886d794b0a8905f03784f7dcde04b9fb1027d02bed3e8a8cded13
import type { Encode, Write } from "./operation.js";
/** One text; what is nested deeper than a style can say is JSON. */
export declare const scalar: (value: unknown) => string;
/** Nothing is encoded: headers, and cookies of style `cookie`. */
export declare const raw: Encode;
/** `allowReserved`: only what would end the value is encoded. */
export declare const reserved: Encode;
/** `allowReserved` in a path, where a slash or a question mark would end the value. */
export declare const reservedInPath: Encode;
export declare const simple: Write;
export declare const simpleExploded: Write;
export declare const label: Write;
export declare const labelExploded: Write;
export declare const matrix: Write;
export declare const matrixExploded: Write;
export declare const form: Write;
export declare const formExploded: Write;
export declare const spaceDelimited: Write;
export declare const pipeDelimited: Write;
/** `tsv` of Swagger 2.0. */
export declare const tabDelimited: Write;
/** `name[member][inner]=value`; a list of scalars repeats its name, one of objects has indices. */
export declare const deepObject: Write;
/** Parameters with a JSON media type: in paths and headers, and in queries and cookies. */
export declare const asJson: Write;
export declare const formJson: Write;
