// checks:sdk v1 c3211b54e04fdfb899d85e9ef75ba7d9c245f1d095ea0d1cb32b4069077e333a
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { Ready } from "../schemas/r.js";
export declare function isReady(v: unknown): v is Ready;
export declare function readyIssues(v: unknown, limit?: number): readonly GuardIssue[];
export declare function checkReady(v: unknown, p: Path, o: Sink): void;
