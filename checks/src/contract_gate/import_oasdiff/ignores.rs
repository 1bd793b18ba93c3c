//! Lines of `--err-ignore` and `--warn-ignore` files: words of oasdiff's messages, and an address.

use crate::contract_gate::import_oasdiff::ids::{Counterpart, counterpart, fits};

/// A change that was to be ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ignored {
    /// The rules that would tell it.
    pub(super) rules: &'static [&'static str],
    /// Where.
    pub(super) subject: String,
}

/// What a line ignores, or why that cannot be said here.
pub(super) fn ignored(line: &str) -> Result<Ignored, &'static str> {
    let target = target(line).ok_or("it names no path and no component")?;
    let named = line.split_whitespace().map(|it| it.trim_matches(is_separator));
    let by_id = named.filter(|it| it.contains('-') && !it.contains('/')).find_map(counterpart);
    let lower = line.to_lowercase();
    let by_words = || {
        let id = MESSAGES.iter().find(|(words, _)| fits(&format!("*{words}*"), &lower))?.1;
        counterpart(id)
    };
    match by_id.or_else(by_words) {
        Some(Counterpart::Rules(rules)) => {
            let first = rules.first().copied().unwrap_or_default();
            Ok(Ignored { rules, subject: target.subject(first) })
        }
        Some(Counterpart::Nothing(why)) => Err(why),
        None => Err("its words are those of no check that is known"),
    }
}

fn is_separator(it: char) -> bool {
    !it.is_ascii_alphanumeric() && it != '/'
}

/// What a line speaks of.
enum Target<'a> {
    Operation { method: Option<String>, path: &'a str },
    Component(&'a str),
}

fn target(line: &str) -> Option<Target<'_>> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let Some(at) = words.iter().position(|it| it.starts_with('/')) else {
        words.iter().find(|it| it.eq_ignore_ascii_case("components"))?;
        return Some(Target::Component(line.split(['\'', '"', '`']).nth(1).unwrap_or("*")));
    };
    let path = words.get(at).copied().unwrap_or_default().trim_end_matches([',', ':', ';']);
    let before = at.checked_sub(1).and_then(|it| words.get(it)).copied().unwrap_or_default();
    let method = Some(before.to_uppercase()).filter(|it| METHODS.contains(&it.as_str()));
    Some(Target::Operation { method, path })
}

impl Target<'_> {
    /// The subject of a waiver: exact where the finding is about the whole, a glob elsewhere.
    fn subject(&self, rule: &str) -> String {
        match self {
            Self::Component(name) if rule == "schema-name-changed" => {
                format!("components/schemas/{name}#")
            }
            Self::Component(name) => format!("components/*/{name}"),
            Self::Operation { method: Some(method), path } if ABOUT_THE_WHOLE.contains(&rule) => {
                format!("{method} {path}")
            }
            Self::Operation { method, path } => {
                let method = method.as_deref().unwrap_or("*");
                let end = if ABOUT_THE_WHOLE.contains(&rule) { "" } else { "[ #]*" };
                format!("{method} {}{end}", escaped(path))
            }
        }
    }
}

/// Rules whose findings are about an operation as a whole.
const ABOUT_THE_WHOLE: &[&str] = &[
    "event-removed",
    "operation-added",
    "operation-deprecated",
    "operation-id-changed",
    "operation-removed",
    "stability-lowered",
    "sunset-missing",
    "sunset-too-soon",
    "tag-changed",
];

/// In a glob, braces would stand for a choice.
fn escaped(path: &str) -> String {
    path.replace('{', "[{").replace('}', "[}]").replace("[{", "[{]")
}

const METHODS: &[&str] =
    &["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY"];

/// Words of a message, in lower case, and the check that prints them; the first that fits decides.
const MESSAGES: &[(&str, &str)] = &[
    ("api path removed before the sunset date", "api-path-removed-before-sunset"),
    ("api path removed without deprecation", "api-path-removed-without-deprecation"),
    ("api removed before the sunset date", "api-removed-before-sunset"),
    ("api removed without deprecation", "api-removed-without-deprecation"),
    ("removed with deprecation", "api-removed-with-deprecation"),
    ("webhook *removed", "webhook-removed"),
    ("api operation id * removed", "api-operation-id-removed"),
    ("api tag * removed", "api-tag-removed"),
    ("removed the schema from the media type", "response-body-media-type-schema-removed"),
    ("removed the schema", "api-schema-removed"),
    ("sunset date is missing", "api-deprecated-sunset-missing"),
    ("deprecated without sunset date", "request-parameter-deprecated-sunset-missing"),
    ("sunset date deleted", "sunset-deleted"),
    ("sunset date changed to an earlier date", "api-sunset-date-changed-too-small"),
    ("sunset date * is too small", "api-sunset-date-too-small"),
    ("failed to parse sunset date", "api-path-sunset-parse"),
    ("endpoint stability level decreased", "api-stability-decreased"),
    ("added the new required * request parameter", "new-required-request-parameter"),
    ("added the new path request parameter", "new-request-path-parameter"),
    ("added the new required request property", "new-required-request-property"),
    ("added the new required * request header's property", "new-required-request-header-property"),
    ("added required request body", "request-body-added-required"),
    ("request body became required", "request-body-became-required"),
    ("the * request parameter * became required", "request-parameter-became-required"),
    ("request property * became required", "request-property-became-required"),
    ("request header's property * became required", "request-header-property-became-required"),
    ("deleted the * request parameter", "request-parameter-removed"),
    ("removed the request property", "request-property-removed"),
    ("removed the request body", "request-body-removed"),
    ("removed the media type * from the request body", "request-body-media-type-removed"),
    ("request*became not nullable", "request-property-became-not-nullable"),
    ("request*was restricted to a list of enum values", "request-property-became-enum"),
    ("removed the enum value * request", "request-property-enum-value-removed"),
    ("request body enum value removed", "request-body-enum-value-removed"),
    ("request*const value", "request-property-const-changed"),
    ("request*list-of-types was narrowed", "request-property-list-of-types-narrowed"),
    ("request*minlength was", "request-property-min-length-increased"),
    ("request*maxlength was", "request-property-max-length-decreased"),
    ("pattern * request parameter", "request-parameter-pattern-changed"),
    ("pattern * request property", "request-property-pattern-changed"),
    ("request*items was", "request-property-min-items-increased"),
    ("request*uniqueitems was", "request-property-unique-items-set"),
    ("request*properties was", "request-property-max-properties-decreased"),
    ("request*multipleof was", "request-property-multiple-of-changed"),
    ("request*exclusiveminimum was", "request-property-exclusive-min-increased"),
    ("request*exclusivemaximum was", "request-property-exclusive-max-decreased"),
    ("request*min was", "request-property-min-increased"),
    ("request*max was", "request-property-max-decreased"),
    ("request* `oneof` list", "request-body-one-of-removed"),
    ("request* `anyof` list", "request-body-any-of-removed"),
    ("request* `allof` list", "request-body-all-of-added"),
    ("request body was restructured into a oneof", "request-body-wrapped-in-one-of"),
    ("request*type/format * changed", "request-property-type-changed"),
    ("request*the type was changed", "request-parameter-type-changed"),
    ("request*type changed", "request-property-type-changed"),
    ("removed the success response with the status", "response-success-status-removed"),
    ("removed the non-success response with the status", "response-non-success-status-removed"),
    ("added the success response with the status", "response-success-status-added"),
    ("added the non-success response with the status", "response-non-success-status-added"),
    ("response header * became optional", "response-header-became-optional"),
    ("the mandatory response header * removed", "required-response-header-removed"),
    ("removed the media type * for the response", "response-media-type-removed"),
    ("added the media type * for the response", "response-media-type-added"),
    ("removed the required property * from the response", "response-required-property-removed"),
    ("removed the optional property * from the response", "response-optional-property-removed"),
    ("response property * became optional", "response-property-became-optional"),
    ("response*became nullable", "response-property-became-nullable"),
    ("enum value to the * response property", "response-property-enum-value-added"),
    ("response*const value", "response-property-const-changed"),
    ("response*list-of-types was widened", "response-property-list-of-types-widened"),
    ("response*minlength was", "response-property-min-length-decreased"),
    ("response*maxlength was", "response-property-max-length-increased"),
    ("response*pattern", "response-property-pattern-changed"),
    ("response*items was", "response-property-min-items-decreased"),
    ("response*multipleof was", "response-property-multiple-of-changed"),
    ("response*min was", "response-property-min-decreased"),
    ("response*max was", "response-property-max-increased"),
    ("`oneof` list for the response", "response-body-one-of-added"),
    ("`anyof` list for the response", "response-body-any-of-added"),
    ("`allof` list for the response", "response-body-all-of-removed"),
    ("response*type/format changed", "response-property-type-changed"),
    ("response*type changed", "response-property-type-changed"),
    ("security scheme * was removed", "api-global-security-removed"),
    ("endpoint scheme security * was removed", "api-security-removed"),
    ("security scope * was added", "api-security-scope-added"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::subject_matches;

    #[test]
    fn a_line_becomes_a_rule_and_a_subject() {
        let check = |line: &str, rule: &str, subject: &str| {
            let ignored = ignored(line).unwrap_or_else(|why| panic!("{line}: {why}"));
            assert_eq!(ignored.rules.first(), Some(&rule), "{line}");
            assert_eq!(ignored.subject, subject, "{line}");
        };
        check(
            "GET /api/{domain}/badges removed the success response with the status '200'",
            "response-success-removed",
            "GET /api/[{]domain[}]/badges[ #]*",
        );
        check(
            " - 12.01.2023 In get /stock: we Deleted the 'query' request parameter 'page'",
            "input-unread",
            "GET /stock[ #]*",
        );
        check("/stock api path removed without deprecation", "operation-removed", "* /stock");
        check(
            "/stock/{id} api path removed without deprecation",
            "operation-removed",
            "* /stock/[{]id[}]",
        );
        check(
            "error [request-body-became-required] at new.yaml, in API POST /cancel",
            "request-body-required",
            "POST /cancel[ #]*",
        );
        check(
            "Removed the schema 'network-policies' from components",
            "schema-name-changed",
            "components/schemas/network-policies#",
        );
        check(
            "POST /orders the `lines/items/sku` request property's maxLength was decreased to `9`",
            "input-string-narrowed",
            "POST /orders[ #]*",
        );
        check(
            "GET /x for the 'query' request parameter 'n', the max was decreased from '9' to '5'",
            "input-number-narrowed",
            "GET /x[ #]*",
        );
        check(
            "GET /x added the new 'lost' enum value to the 'state' response property",
            "output-value-unannounced",
            "GET /x[ #]*",
        );
    }

    #[test]
    fn a_subject_matches_what_findings_are_called() {
        let check = |line: &str, subject: &str| {
            let pattern = ignored(line).unwrap().subject;
            assert!(subject_matches(&pattern, subject), "{pattern} on {subject}");
            assert!(!subject_matches(&pattern, "GET /x/{id}/y#body"), "{pattern}");
        };
        check("GET /x/{id} api removed without deprecation", "GET /x/{id}");
        check("/x/{id} api path removed without deprecation", "PUT /x/{id}");
        check("POST /x/{id} request body became required", "POST /x/{id}#body");
        check("POST /x/{id} removed the request property 'a'", "POST /x/{id} body#/properties/a");
        check("components removed the schema 'A'", "components/schemas/A#");
    }

    #[test]
    fn a_line_that_says_nothing_here_says_why() {
        let check = |line: &str, part: &str| {
            let why = ignored(line).unwrap_err();
            assert!(why.contains(part), "{line}: {why}");
        };
        check("# Changes of last year", "no path");
        check("GET /x is fine", "no check");
        check("GET /x removed the media type 'a/b' for the response with the status '200'", "less");
    }

    #[test]
    fn every_message_belongs_to_a_check() {
        for (words, id) in MESSAGES {
            assert!(counterpart(id).is_some(), "{words}: {id}");
            assert_eq!(*words, words.to_lowercase());
        }
    }
}
