/** One place where a value breaks the contract. */
export interface GuardIssue {
    /** The way to it in the value. */
    readonly path: readonly (string | number)[];
    /** The keyword that it breaks. */
    readonly keyword: string;
    /** One sentence. */
    readonly message: string;
    /** The keyword's place in the contract, as a JSON pointer. */
    readonly schema: string;
}
/** What a Standard Schema answers. */
export type StandardResult<T> = {
    readonly value: T;
    readonly issues?: undefined;
} | {
    readonly issues: readonly {
        readonly message: string;
        readonly path: readonly (string | number)[];
    }[];
};
/** A guard as a value: also a Standard Schema, which form libraries and routers take. */
export interface Guard<T> {
    /** Does the value conform? Nothing is copied or altered. */
    readonly is: (value: unknown) => value is T;
    /** Why it does not; empty if it does. */
    readonly issues: (value: unknown, limit?: number) => readonly GuardIssue[];
    /** Does the guard keep every keyword of the contract? */
    readonly complete: boolean;
    readonly "~standard": {
        readonly version: 1;
        readonly vendor: "checks";
        readonly validate: (value: unknown) => StandardResult<T>;
        readonly types?: {
            readonly input: T;
            readonly output: T;
        } | undefined;
    };
}
export type Path = readonly (string | number)[];
/** Where issues are collected, up to a limit. */
export interface Sink {
    readonly issues: GuardIssue[];
    readonly limit: number;
}
export type Test = (value: unknown) => boolean;
/** Tells what is wrong with a value at a path, by the schema at a pointer. */
export type Check = (value: unknown, path: Path, sink: Sink, schema: string) => void;
/** Notes which members and items of a value a schema looks at. */
export type Mark = (value: unknown, seen: Set<string | number>) => void;
type Members = Readonly<Record<string, unknown>>;
/** The issues of a value that its predicate refused. */
export declare function collect(check: (value: unknown, path: Path, sink: Sink) => void, value: unknown, limit: number): readonly GuardIssue[];
/** A guard as a value. */
export declare function guard<T>(is: (value: unknown) => value is T, issues: (value: unknown, limit?: number) => readonly GuardIssue[], complete: boolean): Guard<T>;
/** An object, and neither null nor a list. */
export declare function isObject(value: unknown): value is Members;
/** Has the object a member of its own by this name? */
export declare function has(value: object, name: string): boolean;
/** Has the text so many code points? A pair of surrogates is one. */
export declare function atLeast(text: string, min: number): boolean;
/** Has the text no more code points than this? */
export declare function atMost(text: string, max: number): boolean;
/** Is the number a multiple of the step, both taken as the decimals they are written as? */
export declare function multiple(value: number, step: string): boolean;
/** Are they one JSON value? Members count in any order. */
export declare function same(left: unknown, right: unknown): boolean;
/** Are no two items one JSON value? */
export declare function unique(items: readonly unknown[]): boolean;
/** Do so many of these tests hold? Stops when that is decided. */
export declare function exactlyOne(value: unknown, tests: readonly Test[]): boolean;
/** Do all members and items that nothing looked at pass? */
export declare function rest(value: unknown, kind: "members" | "items", mark: Mark, test: Test): boolean;
export declare function markMembers(value: unknown, seen: Set<string | number>, ...names: string[]): void;
export declare function markMatching(value: unknown, seen: Set<string | number>, pattern: RegExp): void;
export declare function markAllMembers(value: unknown, seen: Set<string | number>): void;
export declare function markItems(value: unknown, seen: Set<string | number>, count: number): void;
export declare function markFound(value: unknown, seen: Set<string | number>, test: Test): void;
/** Runs checks one after the other, as long as there is room for issues. */
export declare function run(value: unknown, path: Path, sink: Sink, schema: string, checks: readonly Check[]): void;
/** `test` or one issue. */
export declare const needs: (keyword: string, message: string, test: Test) => Check;
/** The kinds that most schemas ask for. */
export declare const mustBeString: Check;
export declare const mustBeNumber: Check;
export declare const mustBeInteger: Check;
export declare const mustBeBoolean: Check;
export declare const mustBeArray: Check;
export declare const mustBeObject: Check;
export declare const mustBeNull: Check;
export declare const mayBeNullOrString: Check;
export declare const mayBeNullOrNumber: Check;
export declare const mayBeNullOrInteger: Check;
export declare const mayBeNullOrBoolean: Check;
export declare const mayBeNullOrArray: Check;
export declare const mayBeNullOrObject: Check;
export declare const required: (...names: string[]) => Check;
export declare const member: (name: string, ...checks: Check[]) => Check;
export declare const matching: (written: string, pattern: RegExp, ...checks: Check[]) => Check;
export declare const others: (names: readonly string[], patterns: readonly RegExp[], ...checks: Check[]) => Check;
export declare const named: (test: Test) => Check;
/** No value at all. */
export declare const never: Check;
export declare const item: (keyword: string, index: number, ...checks: Check[]) => Check;
export declare const items: (keyword: string, from: number, ...checks: Check[]) => Check;
/** The same value by the schema further in: `allOf/0`, `then`. */
export declare const within: (way: string, ...checks: Check[]) => Check;
export declare const when: (test: Test, check: Check) => Check;
export declare const unlooked: (keyword: string, kind: "members" | "items", mark: Mark, test: Test) => Check;
export {};
