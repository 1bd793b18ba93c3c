// checks:sdk v1 100efcdb75e5535967d9015567f52897e441077b27ff6d142951563c0e4cbdfa
// What becomes of a result that nobody wants to look into.
/** A result that was not what was expected, as an exception. */
export class SdkError extends Error {
    result;
    issues;
    constructor(result) {
        const it = result;
        const issues = it.issues ?? [];
        const first = issues[0];
        super([it.kind, it.status ?? it.reason, first && `at ${first.path.join("/") || "the value itself"}: ${first.message}`].filter(Boolean).join(" "), { cause: it.error });
        this.name = "SdkError";
        this.result = result;
        this.issues = issues;
    }
}
/** The body of a 2xx answer; anything else is thrown as an `SdkError`. */
export function expectOk(result) {
    if (result.ok)
        return result.body;
    throw new SdkError(result);
}
