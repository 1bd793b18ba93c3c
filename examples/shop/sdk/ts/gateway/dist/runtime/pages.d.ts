// checks:sdk v1 3b68a224049a8c2d0895f498c1aab9601998ed79eb0a40668f545c1e02ec5a56
import type { CallOptions, Client, Outcome } from "./client.js";
import type { Input, Operation } from "./operation.js";
type Way = readonly (string | number)[];
/** Where the next page is: another input, or an address. Nothing: this was the last one. */
export type Turn = (input: Input, result: Outcome & {
    readonly ok: true;
}) => {
    readonly input: Input;
    readonly at?: string;
} | undefined;
/** The parameter takes what the last page says; the end is where it says nothing. */
export declare const cursor: (param: Way, from: Way) => Turn;
/** The parameter counts pages; the end is an empty one, or where `from` says nothing. */
export declare const page: (param: Way, items: Way, first?: number, from?: Way) => Turn;
/** The parameter counts items; the end is an empty page, or where `from` says nothing. */
export declare const offset: (param: Way, items: Way, from?: Way) => Turn;
/** The last page has the address, in its body or as `Link: <…>; rel="next"`. */
export declare const link: (from?: Way) => Turn;
/** One result after the other, until a page is the last, failed, or was seen before. */
export declare function pages(client: Client, operation: Operation, input: Input | undefined, options: CallOptions | undefined, turn: Turn): AsyncGenerator<Outcome, void, undefined>;
/** The items of all pages; a page that is none throws an `SdkError`. */
export declare function items(pages: AsyncIterable<Outcome>, way: Way): AsyncGenerator<unknown, void, undefined>;
export {};
