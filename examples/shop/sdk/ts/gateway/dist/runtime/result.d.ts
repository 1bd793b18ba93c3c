// checks:sdk v1 ff6e938d4cb6d5f7300e608712a4fef5f01a238661af6efa8f91973af126267f
import type { GuardIssue } from "../guards/kit.js";
import type { Outcome } from "./client.js";
/** A result that was not what was expected, as an exception. */
export declare class SdkError<Result = Outcome> extends Error {
    readonly result: Result;
    readonly issues: readonly GuardIssue[];
    constructor(result: Result & object);
}
/** The body of a 2xx answer; anything else is thrown as an `SdkError`. */
export declare function expectOk<Result extends Outcome>(result: Result): Extract<Result, {
    readonly ok: true;
}>["body"];
