//! What a check of oasdiff is called here. The first row that fits decides.

/// What stands for a check of oasdiff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counterpart {
    /// The rules that tell the same; the effect of the change says which of them.
    Rules(&'static [&'static str]),
    /// No rule, and why.
    Nothing(&'static str),
}

/// What stands for this check; none if the id fits no row.
pub(super) fn counterpart(id: &str) -> Option<Counterpart> {
    ROWS.iter().find(|(pattern, _)| fits(pattern, id)).map(|it| it.1)
}

/// Does the text fit the pattern, in which `*` stands for any characters?
pub(super) fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, mut pattern)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut rest) = text.strip_prefix(start) else { return false };
    while let Some((part, after)) = pattern.split_once('*') {
        let Some(idx) = rest.find(part) else { return false };
        rest = rest.get(idx + part.len()..).unwrap_or_default();
        pattern = after;
    }
    rest.ends_with(pattern)
}

use Counterpart::Nothing;

const fn to(rules: &'static [&'static str]) -> Counterpart {
    Counterpart::Rules(rules)
}

const DATE: Counterpart = Nothing("a date that cannot be read is `unreadable-document`");
const SUNSET: Counterpart = Nothing(
    "a removal after the day of `x-sunset` is a note; without that day it is `operation-removed` or `input-unread`",
);
const ONLY_OPERATIONS: Counterpart = Nothing("this is told of operations only");
const BETTER: Counterpart = Nothing("this breaks nothing, and no rule tells it");
const ANNOTATION: Counterpart = Nothing("the keyword annotates and refuses no value");
const BY_EFFECT: Counterpart =
    Nothing("`readOnly` and `writeOnly` decide what is sent; the finding names what that breaks");
const EXTENSIBLE: Counterpart = Nothing("`x-extensible-enum` says nothing about values here");
const SAME_MEANING: Counterpart = Nothing("schemas are compared by meaning, so nothing is told");

const CREDENTIALS: Counterpart = to(&["credentials-no-longer-enough", "credential-moved"]);
const WIDER_INPUT: Counterpart = to(&["input-widened"]);
const NARROWER_OUTPUT: Counterpart = to(&["output-narrowed"]);

const ROWS: &[(&str, Counterpart)] = &[
    // Life cycle.
    ("*-sunset-parse", DATE),
    ("*-sunset-invalid", DATE),
    ("api-invalid-stability-level", Nothing("no rule judges the name of a stability level")),
    ("*sunset-deleted", to(&["sunset-missing"])),
    ("*-sunset-missing", to(&["sunset-missing"])),
    ("*sunset-date-*too-small", to(&["sunset-too-soon"])),
    ("api-stability-decreased", to(&["stability-lowered"])),
    ("*-property-stability-*", ONLY_OPERATIONS),
    ("*-stability-increased", BETTER),
    ("api-*version-*", to(&["version-not-raised"])),
    ("endpoint-deprecated*", to(&["operation-deprecated"])),
    ("request-*-deprecated*", ONLY_OPERATIONS),
    ("response-*-deprecated*", ONLY_OPERATIONS),
    ("*-reactivated", BETTER),
    ("*-removed-with-deprecation", SUNSET),
    // Operations and events.
    ("api-path-removed-*", to(&["operation-removed"])),
    ("api-removed-*", to(&["operation-removed"])),
    ("endpoint-added", to(&["operation-added"])),
    ("webhook-added", to(&["operation-added"])),
    ("callback-added", to(&["operation-added"])),
    ("webhook-removed", to(&["event-removed"])),
    ("callback-removed", to(&["event-removed"])),
    ("api-operation-id-*", to(&["operation-id-changed"])),
    ("api-tag-*", to(&["tag-changed"])),
    ("api-schema-removed", to(&["schema-name-changed"])),
    ("api-schema-added", BETTER),
    ("*server-removed", to(&["server-removed"])),
    ("*server-added", WIDER_INPUT),
    // Credentials.
    (
        "api-security-component-oauth-*url-changed",
        Nothing("where a token comes from is not on the wire"),
    ),
    ("api-security-component-oauth-scope-changed", Nothing("the words of a scope are no promise")),
    ("api-security-component-added", BETTER),
    ("api-security-added", WIDER_INPUT),
    ("api-global-security-added", WIDER_INPUT),
    ("api-security-scope-removed", WIDER_INPUT),
    ("api-global-security-scope-removed", WIDER_INPUT),
    ("api-security-*", CREDENTIALS),
    ("api-global-security-*", CREDENTIALS),
    // Values of every kind.
    ("*-default-value-*", to(&["default-changed"])),
    ("*-annotation-only", to(&["text-changed"])),
    ("*-content-media-type-*", ANNOTATION),
    ("*-content-encoding-*", ANNOTATION),
    ("*-content-schema-*", ANNOTATION),
    ("*-x-extensible-enum-*", EXTENSIBLE),
    ("*-compatible", SAME_MEANING),
    ("*-became-*read-only", BY_EFFECT),
    ("*-became-*write-only", BY_EFFECT),
    ("request-read-only-*", BY_EFFECT),
    ("response-*write-only-property-*", BY_EFFECT),
    ("*-discriminator-*", to(&["discriminator-tag-lost"])),
    ("*-format-*", to(&["format-changed"])),
    // Whole parameters and bodies.
    ("new-required-request-property*", to(&["input-property-required"])),
    ("new-required-request-header-property", to(&["input-property-required"])),
    ("new-required-request-*parameter*", to(&["parameter-required"])),
    ("new-request-path-parameter", to(&["parameter-required"])),
    ("new-optional-request-*", WIDER_INPUT),
    ("request-parameter-became-required", to(&["parameter-required"])),
    ("request-parameter-removed*", to(&["input-unread"])),
    ("request-parameter-*style*", to(&["parameter-serialization-changed"])),
    ("request-parameter-*explode*", to(&["parameter-serialization-changed"])),
    ("request-parameter-*allow-reserved*", to(&["parameter-serialization-changed"])),
    ("request-property-removed", to(&["input-unread", "input-property-refused"])),
    ("request-body-removed", to(&["input-unread"])),
    ("request-body-added-required", to(&["request-body-required"])),
    ("request-body-became-required", to(&["request-body-required"])),
    ("request-body-added-optional", WIDER_INPUT),
    ("request-body-media-type-*schema-added", to(&["input-type-narrowed"])),
    ("request-body-media-type-*schema-removed*", WIDER_INPUT),
    ("request-body-media-type-removed", to(&["request-media-type-refused"])),
    ("request-body-media-type-added", WIDER_INPUT),
    ("request-*-encoding-*", to(&["request-encoding-changed"])),
    // What a consumer sends: first what takes more, then what takes less.
    ("request-*-generalized", WIDER_INPUT),
    ("request-*-widened", WIDER_INPUT),
    ("request-*-became-nullable", WIDER_INPUT),
    ("request-*-became-optional", WIDER_INPUT),
    ("request-*-unset", WIDER_INPUT),
    ("request-*-max-*increased", WIDER_INPUT),
    ("request-*-min-*decreased", WIDER_INPUT),
    ("request-*-enum-value-added", WIDER_INPUT),
    ("request-*-const-removed", WIDER_INPUT),
    ("request-*-one-of-added", WIDER_INPUT),
    ("request-*-any-of-added", WIDER_INPUT),
    ("request-*-all-of-removed", WIDER_INPUT),
    ("request-*-pattern-removed", WIDER_INPUT),
    ("request-*-contains-removed", WIDER_INPUT),
    ("request-*-dependent-*-removed", WIDER_INPUT),
    ("request-*-property-names-removed", WIDER_INPUT),
    ("request-*-unevaluated-*-removed", WIDER_INPUT),
    ("request-*-type-*", to(&["input-type-narrowed"])),
    ("request-*-list-of-types-*", to(&["input-type-narrowed"])),
    ("request-*-became-not-nullable", to(&["input-type-narrowed"])),
    ("request-*enum*", to(&["input-value-forbidden"])),
    ("request-*-const-*", to(&["input-value-forbidden"])),
    ("request-*-not-*", to(&["input-value-forbidden"])),
    ("request-*-became-required*", to(&["input-property-required"])),
    ("request-*-dependent-*", to(&["input-property-required"])),
    ("request-*-min-properties-*", to(&["input-property-required"])),
    ("request-*-properties-*", to(&["input-property-refused"])),
    ("request-*-property-names-*", to(&["input-property-refused"])),
    ("request-*-pattern-propert*", to(&["input-property-refused"])),
    ("request-*-length-*", to(&["input-string-narrowed"])),
    ("request-*-pattern-*", to(&["input-string-narrowed"])),
    ("request-*-items-*", to(&["input-array-narrowed"])),
    ("request-*contains-*", to(&["input-array-narrowed"])),
    ("request-*-multiple-of-*", to(&["input-number-narrowed"])),
    ("request-*-max-*", to(&["input-number-narrowed"])),
    ("request-*-min-*", to(&["input-number-narrowed"])),
    ("request-*-one-of*", to(&["input-variant-refused"])),
    ("request-*-any-of*", to(&["input-variant-refused"])),
    ("request-*-all-of*", to(&["input-variant-refused"])),
    ("request-*-if-*", to(&["input-variant-refused"])),
    ("request-*-then-*", to(&["input-variant-refused"])),
    ("request-*-else-*", to(&["input-variant-refused"])),
    // Whole responses.
    ("response-success-status-removed", to(&["response-success-removed"])),
    ("response-success-status-added", to(&["response-status-unannounced"])),
    ("response-non-success-status-added", to(&["error-status-added"])),
    ("response-non-success-status-removed", NARROWER_OUTPUT),
    ("response-media-type-removed", Nothing("the provider sends less: `output-narrowed` notes it")),
    ("response-media-type-name-specialized", NARROWER_OUTPUT),
    ("response-media-type-*", to(&["response-media-type-unannounced"])),
    ("response-body-media-type-*schema-removed*", to(&["output-type-widened"])),
    ("response-body-media-type-*schema-added", NARROWER_OUTPUT),
    ("response-body-removed", to(&["response-body-missing"])),
    ("response-header-became-optional", to(&["response-header-not-guaranteed"])),
    ("required-response-header-removed", to(&["response-header-not-guaranteed"])),
    ("optional-response-header-removed", Nothing("an optional header was never promised")),
    ("response-header-added", BETTER),
    // What a provider sends: first what sends less, then what sends more.
    ("response-*-pattern-propert*", to(&["output-property-unannounced"])),
    ("response-*-specialized", NARROWER_OUTPUT),
    ("response-*-narrowed", NARROWER_OUTPUT),
    ("response-*-became-not-nullable", NARROWER_OUTPUT),
    ("response-*-became-required", NARROWER_OUTPUT),
    ("response-*-max-*decreased", NARROWER_OUTPUT),
    ("response-*-min-*increased", NARROWER_OUTPUT),
    ("response-*-set", NARROWER_OUTPUT),
    ("response-*-enum-value-removed", NARROWER_OUTPUT),
    ("response-*-const-added", NARROWER_OUTPUT),
    ("response-*-one-of-removed", NARROWER_OUTPUT),
    ("response-*-any-of-removed", NARROWER_OUTPUT),
    ("response-*-all-of-added", NARROWER_OUTPUT),
    ("response-*-pattern-added", NARROWER_OUTPUT),
    ("response-*-contains-added", NARROWER_OUTPUT),
    ("response-*-dependent-*-added", NARROWER_OUTPUT),
    ("response-*-property-names-added", NARROWER_OUTPUT),
    ("response-*-unevaluated-*-added", NARROWER_OUTPUT),
    (
        "response-*-property-added",
        Nothing("an open object may grow; of a closed one it is `output-property-unannounced`"),
    ),
    ("response-*optional-property-removed", to(&["output-property-removed"])),
    ("response-required-property-removed", to(&["output-property-not-guaranteed"])),
    ("response-*-became-optional", to(&["output-property-not-guaranteed"])),
    ("response-*-type-*", to(&["output-type-widened"])),
    ("response-*-list-of-types-*", to(&["output-type-widened"])),
    ("response-*-became-nullable", to(&["output-type-widened"])),
    ("response-*-enum*", to(&["output-value-unannounced"])),
    ("response-*-const-*", to(&["output-value-unannounced"])),
    ("response-*-not-*", to(&["output-value-unannounced"])),
    ("response-*-dependent-*", to(&["output-property-not-guaranteed"])),
    ("response-*-min-properties-*", to(&["output-property-not-guaranteed"])),
    ("response-*-properties-*", to(&["output-property-unannounced"])),
    ("response-*-property-names-*", to(&["output-property-unannounced"])),
    ("response-*-length-*", to(&["output-string-widened"])),
    ("response-*-pattern-*", to(&["output-string-widened"])),
    ("response-*-items-*", to(&["output-array-widened"])),
    ("response-*contains-*", to(&["output-array-widened"])),
    ("response-*-multiple-of-*", to(&["output-number-widened"])),
    ("response-*-max-*", to(&["output-number-widened"])),
    ("response-*-min-*", to(&["output-number-widened"])),
    ("response-*-one-of*", to(&["output-variant-unannounced"])),
    ("response-*-any-of*", to(&["output-variant-unannounced"])),
    ("response-*-all-of*", to(&["output-variant-unannounced"])),
    ("response-*-if-*", to(&["output-variant-unannounced"])),
    ("response-*-then-*", to(&["output-variant-unannounced"])),
    ("response-*-else-*", to(&["output-variant-unannounced"])),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        let check = |pattern: &str, text: &str, expected: bool| {
            assert_eq!(fits(pattern, text), expected, "{pattern} on {text}");
        };
        check("a", "a", true);
        check("a", "ab", false);
        check("a*", "a", true);
        check("*a", "ba", true);
        check("a*a", "a", false);
        check("a*b*c", "a-b-b-c", true);
        check("a*b*c", "a-c", false);
    }

    #[test]
    fn every_counterpart_is_a_rule() {
        for (pattern, counterpart) in ROWS {
            let Counterpart::Rules(rules) = counterpart else { continue };
            for rule in *rules {
                assert!(contracts::Rule::named(rule).is_some(), "{pattern}: {rule}");
            }
        }
    }

    #[test]
    fn a_check_has_the_counterpart_of_its_effect() {
        let check = |id: &str, expected: &[&str]| {
            let rules = match counterpart(id) {
                Some(Counterpart::Rules(rules)) => rules,
                Some(Nothing(_)) => &[],
                None => panic!("{id} fits no row"),
            };
            assert_eq!(rules, expected, "{id}");
        };
        for (ids, expected) in EXPECTED {
            for id in ids.split_whitespace() {
                check(id, expected);
            }
        }
    }

    /// Checks as oasdiff names them, by what they are here.
    const EXPECTED: &[(&str, &[&str])] = &[
        (
            "api-path-removed-without-deprecation api-path-removed-before-sunset
             api-removed-without-deprecation api-removed-before-sunset",
            &["operation-removed"],
        ),
        (
            "api-path-removed-with-deprecation request-parameter-removed-with-deprecation
             api-path-sunset-parse api-invalid-stability-level api-stability-increased
             request-property-stability-decreased request-parameter-deprecated
             response-property-deprecated-with-sunset endpoint-reactivated
             api-security-component-oauth-token-url-changed api-security-component-added
             response-body-content-encoding-changed request-parameter-x-extensible-enum-value-removed
             request-property-type-compatible response-header-type-compatible
             request-required-property-became-not-read-only
             response-optional-property-became-write-only
             request-read-only-property-max-decreased
             response-optional-write-only-property-added response-optional-property-added
             response-required-property-added optional-response-header-removed
             response-header-added response-media-type-removed",
            &[],
        ),
        (
            "new-required-request-parameter request-parameter-became-required
             new-required-request-default-parameter-to-existing-path new-request-path-parameter",
            &["parameter-required"],
        ),
        ("request-parameter-removed request-parameter-removed-before-sunset", &["input-unread"]),
        ("request-property-removed", &["input-unread", "input-property-refused"]),
        (
            "new-required-request-property new-required-request-property-with-default
             request-property-became-required request-property-became-required-with-default
             request-header-property-became-required request-body-dependent-required-added
             request-body-min-properties-increased request-property-dependent-schema-added",
            &["input-property-required"],
        ),
        (
            "request-body-type-changed request-parameter-property-type-specialized
             request-property-list-of-types-narrowed request-body-became-not-nullable
             request-parameter-property-became-not-nullable
             request-body-media-type-schema-added request-body-media-type-item-schema-added",
            &["input-type-narrowed"],
        ),
        (
            "request-property-enum-value-removed request-body-became-enum
             request-property-const-changed request-body-const-added
             request-header-property-became-enum",
            &["input-value-forbidden"],
        ),
        (
            "request-body-max-properties-set request-property-property-names-added
             request-body-unevaluated-properties-added request-body-pattern-property-removed",
            &["input-property-refused"],
        ),
        (
            "request-parameter-min-length-increased request-body-max-length-set
             request-property-pattern-added request-property-pattern-changed",
            &["input-string-narrowed"],
        ),
        (
            "request-parameter-max-decreased request-body-min-set
             request-property-exclusive-min-increased request-body-multiple-of-changed",
            &["input-number-narrowed"],
        ),
        (
            "request-parameter-max-items-decreased request-body-unique-items-set
             request-property-contains-added request-body-min-contains-increased
             request-body-prefix-items-added request-body-unevaluated-items-added",
            &["input-array-narrowed"],
        ),
        (
            "request-body-one-of-removed request-property-any-of-removed
             request-body-all-of-added request-body-if-added request-property-else-removed
             request-body-wrapped-in-one-of request-body-wrapped-in-one-of-original-preserved",
            &["input-variant-refused"],
        ),
        (
            "new-optional-request-property new-optional-request-parameter
             request-parameter-type-generalized request-property-list-of-types-widened
             request-body-max-increased request-parameter-max-length-increased
             request-property-exclusive-min-decreased request-body-min-items-decreased
             request-body-unique-items-unset request-property-enum-value-added
             request-body-one-of-added request-body-all-of-removed request-body-const-removed
             request-property-pattern-removed request-property-pattern-generalized
             request-body-became-optional request-body-added-optional
             request-body-media-type-added api-security-added api-security-scope-removed",
            &["input-widened"],
        ),
        (
            "response-property-became-optional response-required-property-removed
             response-body-dependent-required-removed response-property-min-properties-decreased",
            &["output-property-not-guaranteed"],
        ),
        ("response-optional-property-removed", &["output-property-removed"]),
        (
            "response-body-type-changed response-property-type-generalized
             response-property-became-nullable response-body-list-of-types-widened
             response-header-type-changed response-body-media-type-schema-removed
             response-body-media-type-item-schema-removed-untyped",
            &["output-type-widened"],
        ),
        (
            "response-property-enum-value-added response-body-const-changed
             response-property-const-removed",
            &["output-value-unannounced"],
        ),
        (
            "response-body-max-length-increased response-property-min-length-decreased
             response-body-max-length-unset response-property-pattern-changed
             response-property-pattern-removed",
            &["output-string-widened"],
        ),
        (
            "response-body-max-increased response-property-exclusive-min-decreased
             response-body-multiple-of-unset response-property-multiple-of-changed",
            &["output-number-widened"],
        ),
        (
            "response-body-max-items-increased response-property-unique-items-unset
             response-body-min-items-unset response-body-max-contains-increased
             response-property-prefix-items-removed response-body-contains-removed",
            &["output-array-widened"],
        ),
        (
            "response-body-max-properties-increased response-body-property-names-removed
             response-property-pattern-property-added response-body-unevaluated-properties-removed",
            &["output-property-unannounced"],
        ),
        (
            "response-body-one-of-added response-property-any-of-added
             response-body-all-of-removed response-body-then-removed response-body-wrapped-in-one-of",
            &["output-variant-unannounced"],
        ),
        (
            "response-property-type-specialized response-body-list-of-types-narrowed
             response-property-became-required response-mediatype-enum-value-removed
             response-non-success-status-removed response-media-type-name-specialized
             response-body-one-of-removed response-property-all-of-added
             response-body-multiple-of-specialized response-property-pattern-added",
            &["output-narrowed"],
        ),
        (
            "request-body-discriminator-mapping-deleted
             response-property-discriminator-mapping-changed",
            &["discriminator-tag-lost"],
        ),
        ("request-body-added-required request-body-became-required", &["request-body-required"]),
        ("request-body-media-type-removed", &["request-media-type-refused"]),
        ("request-body-removed", &["input-unread"]),
        ("response-success-status-removed", &["response-success-removed"]),
        ("response-success-status-added", &["response-status-unannounced"]),
        ("response-non-success-status-added", &["error-status-added"]),
        (
            "response-media-type-added response-media-type-name-changed
             response-media-type-name-generalized",
            &["response-media-type-unannounced"],
        ),
        (
            "required-response-header-removed response-header-became-optional",
            &["response-header-not-guaranteed"],
        ),
        (
            "api-security-removed api-security-scope-added api-global-security-removed
             api-global-security-scope-added api-security-component-type-changed
             api-security-component-removed api-security-component-oauth-scope-removed",
            &["credentials-no-longer-enough", "credential-moved"],
        ),
        ("api-operation-id-removed api-operation-id-added", &["operation-id-changed"]),
        ("api-tag-removed api-tag-added", &["tag-changed"]),
        ("api-schema-removed", &["schema-name-changed"]),
        ("webhook-removed", &["event-removed"]),
        ("endpoint-added webhook-added", &["operation-added"]),
        ("endpoint-deprecated endpoint-deprecated-with-sunset", &["operation-deprecated"]),
        (
            "api-deprecated-sunset-missing request-parameter-deprecated-sunset-missing
             sunset-deleted",
            &["sunset-missing"],
        ),
        (
            "api-sunset-date-too-small api-sunset-date-changed-too-small
             request-property-sunset-date-too-small",
            &["sunset-too-soon"],
        ),
        ("api-stability-decreased", &["stability-lowered"]),
        (
            "api-version-not-bumped api-version-decreased api-major-version-not-bumped",
            &["version-not-raised"],
        ),
        (
            "request-parameter-default-value-changed response-body-default-value-added",
            &["default-changed"],
        ),
        ("request-body-all-of-added-annotation-only", &["text-changed"]),
    ];

    #[test]
    fn every_keyword_at_every_place_is_known() {
        let places = [
            "request-body",
            "request-property",
            "request-parameter",
            "request-header",
            "response-body",
            "response-property",
            "response-header",
        ];
        let bounds = [
            "max",
            "min",
            "exclusive-max",
            "exclusive-min",
            "max-length",
            "min-length",
            "max-items",
            "min-items",
            "max-properties",
            "min-properties",
            "max-contains",
            "min-contains",
            "multiple-of",
            "unique-items",
        ];
        let changes = ["set", "unset", "increased", "decreased", "changed"];
        let parts = [
            "one-of",
            "any-of",
            "all-of",
            "not",
            "if",
            "then",
            "else",
            "contains",
            "prefix-items",
            "pattern",
            "pattern-property",
            "property-names",
            "const",
            "dependent-required",
            "dependent-schema",
            "unevaluated-items",
            "unevaluated-properties",
            "additional-properties",
            "discriminator",
            "format",
            "enum-value",
        ];
        let edits = ["added", "removed", "changed"];
        for place in places {
            let bounds = bounds.iter().flat_map(|it| changes.map(|edit| format!("{it}-{edit}")));
            let parts = parts.iter().flat_map(|it| edits.map(|edit| format!("{it}-{edit}")));
            for rest in bounds.chain(parts) {
                let id = format!("{place}-{rest}");
                assert!(counterpart(&id).is_some(), "{id}");
            }
        }
    }
}
