// checks:sdk v1 9254361d8a14862805d7998f0a46b8b016fd06b52daa083792ed557983fa11a3
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { Subject } from "../schemas/s.js";
export declare function isSubject(v: unknown): v is Subject;
export declare function subjectIssues(v: unknown, limit?: number): readonly GuardIssue[];
export declare function checkSubject(v: unknown, p: Path, o: Sink): void;
