// checks:sdk v1 c5c6131a943685e7501cd1262e2d29454b2811f6d9d26a06ffabd0402b6513ac
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { Order } from "../schemas/o.js";
export declare function isOrder(v: unknown): v is Order;
export declare function orderIssues(v: unknown, limit?: number): readonly GuardIssue[];
export declare function checkOrder(v: unknown, p: Path, o: Sink): void;
