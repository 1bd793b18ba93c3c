// checks:sdk v1 dbad648eeda917e5fb44e2a95e94bcced895e0abfb0064217a0621a5b9268a21
import { type Kind } from "./kinds.js";
/** What may hold a parameter, as it came: one text, or the pairs of a query or of cookies. */
export interface Source {
    readonly text?: string | undefined;
    readonly pairs: readonly (readonly [name: string, value: string])[];
    /** The names of all parameters beside this one: an open object does not have them as members. */
    readonly taken: ReadonlySet<string>;
    /** Takes percent-encoding away; throws if there is none such. */
    readonly decode: (text: string) => string;
}
/** Nothing: the parameter is not there. */
export type Read = (source: Source, name: string, kind: Kind) => unknown;
export declare const halves: (pair: string) => [string, string];
export declare const simple: Read;
export declare const simpleExploded: Read;
export declare const label: Read;
export declare const labelExploded: Read;
export declare const matrix: Read;
export declare const matrixExploded: Read;
export declare const form: Read;
export declare const spaceDelimited: Read;
export declare const pipeDelimited: Read;
export declare const tabDelimited: Read;
export declare const formExploded: Read;
export declare const deepObject: Read;
/** Parameters with a JSON media type: in paths and headers, and in queries and cookies. */
export declare const asJson: Read;
export declare const formJson: Read;
