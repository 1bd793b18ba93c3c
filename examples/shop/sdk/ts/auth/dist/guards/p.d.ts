// checks:sdk v1 1e15db4ee260b01bae24e0a5f59f4614f4ead4fd56d74e03a518642f49fdebd4
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { Problem } from "../schemas/p.js";
export declare function isProblem(v: unknown): v is Problem;
export declare function problemIssues(v: unknown, limit?: number): readonly GuardIssue[];
export declare function checkProblem(v: unknown, p: Path, o: Sink): void;
