// checks:sdk v1 520a3bd40c22f0fa036e02c1944674ff280ca97a44d4847b4409410868a7d43c
export type { RequestSchema } from "./zod/kit.js";
export * from "./zod/operations/default.js";
