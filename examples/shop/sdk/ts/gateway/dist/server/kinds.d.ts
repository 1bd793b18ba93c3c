// checks:sdk v1 36c5ec4b4b64f4a1534e07c7fb1d71521aad5b770e23674df36916b454613b6a
/** How a value is made of texts. */
export interface Kind {
    /** One text; absent if it is never one. */
    readonly scalar?: (text: string) => unknown;
    /** It may be a list of these. */
    readonly items?: Kind;
    /** It may be an object with these members. */
    readonly members?: Readonly<Record<string, Kind>>;
    /** The other members of an object. */
    readonly others?: Kind;
}
export declare const text: Kind;
/** Integers too. */
export declare const number: Kind;
export declare const boolean: Kind;
export declare const nothing: Kind;
export declare const list: (items: Kind) => Kind;
/** An open object has `others`: texts if nothing is known of them. */
export declare const object: (members: Readonly<Record<string, Kind>>, others?: Kind) => Kind;
/** The first kind that makes anything of a text does; texts come last. */
export declare const either: (...kinds: readonly Kind[]) => Kind;
/** A value of one text; what is nested deeper than a style can say is JSON. */
export declare function valueOf(written: string, kind: Kind): unknown;
/** The value of a JSON text, or the text. */
export declare function parsed(written: string): unknown;
/** The kind of a member. */
export declare function memberOf(kind: Kind, name: string): Kind | undefined;
