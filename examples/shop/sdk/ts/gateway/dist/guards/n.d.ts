// checks:sdk v1 221b0d5f22c03d18a924319527a568067d2c46bc0741e25fbecefe3e75dc6a1a
import type { GuardIssue, Path, Sink } from "./kit.js";
import type { NewOrder } from "../schemas/n.js";
export declare function isNewOrder(v: unknown): v is NewOrder;
export declare function newOrderIssues(v: unknown, limit?: number): readonly GuardIssue[];
export declare function checkNewOrder(v: unknown, p: Path, o: Sink): void;
