// checks:sdk v1 5bc84575956153c9e31c66387b58ff8c7caa889cdf1ae91bb6b59aa4a62dadfe
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { GuestToken } from "../schemas/g.js";
export declare function isGuestToken(v: unknown): v is GuestToken;
export declare function guestTokenIssues(v: unknown, limit?: number): readonly GuardIssue[];
export declare function checkGuestToken(v: unknown, p: Path, o: Sink): void;
