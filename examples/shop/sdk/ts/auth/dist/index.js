// checks:sdk v1 4381c66c3bf4cec14c99aaa14add337ebb91744a4bc2982d4168619ca82aa764
export * from "./operations/default.js";
export { SdkError, expectOk } from "./runtime.js";
