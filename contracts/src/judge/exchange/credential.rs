//! Which credentials a request carries, and whether they suffice.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Call, Reads, Side, Taking, refused, server::Address, style, text};
use crate::{HttpRequest, judge::texts::At};

/// Where a credential is looked for, and how its location is called.
enum Wire {
    Header(String),
    Query(String),
    Cookie(String),
    Authorization(String),
}

impl Side<'_> {
    /// Refuses a request that no alternative of the security requirement is content with.
    pub(super) fn credentials(
        self,
        call: &Call,
        request: &HttpRequest,
        reads: &mut Reads,
    ) -> Taking<()> {
        let own = self.texts.value(&call.operation.child("security"));
        let required = own.or_else(|| self.texts.value(&At::root(0).child("security")));
        let alternatives = required.as_ref().and_then(Value::as_array);
        let Some(alternatives) = alternatives.filter(|it| !it.is_empty()) else { return Ok(()) };
        let mut is_enough = false;
        for alternative in alternatives {
            let mut has_all = true;
            for (name, scopes) in alternative.as_object().into_iter().flatten() {
                has_all &= self.has(name, scopes, request, reads);
            }
            is_enough |= has_all;
        }
        if is_enough { Ok(()) } else { refused("the credentials do not suffice") }
    }

    /// Does the request carry a credential of the scheme, with the scopes?
    fn has(self, name: &str, scopes: &Value, request: &HttpRequest, reads: &mut Reads) -> bool {
        let (location, sent) = match self.wire(name) {
            Wire::Header(name) => (format!("header {name}"), headers(request, &name)),
            Wire::Query(name) => {
                let query = Address::parse(&request.url).query.unwrap_or_default();
                let pairs = style::split_query(&query).into_iter();
                let values = pairs.filter(|it| style::decoded(&it.0) == name);
                (format!("query {name}"), values.map(|it| style::decoded(&it.1)).collect())
            }
            Wire::Cookie(name) => {
                let values = cookies(request).into_iter().filter(|it| it.0 == name);
                (format!("cookie {name}"), values.map(|it| it.1).collect())
            }
            Wire::Authorization(scheme) => {
                let with_scheme = headers(request, "authorization").into_iter().filter_map(|it| {
                    let (sent, secret) = it.split_once(' ')?;
                    sent.eq_ignore_ascii_case(&scheme).then(|| secret.trim().to_owned())
                });
                (format!("authorization {scheme}"), with_scheme.collect::<Vec<_>>())
            }
        };
        let wanted: BTreeSet<&str> =
            scopes.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let found = sent.iter().find(|it| wanted.is_subset(&granted(it)) && !it.is_empty());
        if let Some(secret) = found {
            reads.insert(format!("credential in {location}"), Value::from(secret.clone()));
        }
        found.is_some()
    }

    fn wire(self, name: &str) -> Wire {
        let place = if self.is_swagger() {
            At::root(0).child("securityDefinitions").child(name)
        } else {
            At::root(0).child("components").child("securitySchemes").child(name)
        };
        let unknown = || {
            // No key that a scheme describes is called so. Fields lose what case says.
            let mut header = "undefined-scheme-".to_owned();
            for letter in name.chars() {
                let is_marked = letter.is_ascii_uppercase() || letter == '^';
                header.extend(is_marked.then_some('^'));
                header.push(letter.to_ascii_lowercase());
            }
            Wire::Header(header)
        };
        let Some((_, scheme)) = self.object(&place) else { return unknown() };
        let key = text(&scheme, "name").unwrap_or_default();
        match (text(&scheme, "type"), text(&scheme, "in")) {
            (Some("apiKey"), Some("header")) => Wire::Header(key.to_ascii_lowercase()),
            (Some("apiKey"), Some("query")) => Wire::Query(key.to_owned()),
            (Some("apiKey"), Some("cookie")) => Wire::Cookie(key.to_owned()),
            (Some("basic"), _) => Wire::Authorization("basic".to_owned()),
            (Some("http"), _) => {
                let scheme = text(&scheme, "scheme").unwrap_or("bearer");
                Wire::Authorization(scheme.to_ascii_lowercase())
            }
            (Some("oauth2" | "openIdConnect"), _) => Wire::Authorization("bearer".to_owned()),
            (Some("mutualTLS"), _) => Wire::Header("client-certificate".to_owned()),
            _ => unknown(),
        }
    }
}

/// The scopes that a placeholder `‹name scope …›` was given.
fn granted(secret: &str) -> BTreeSet<&str> {
    let inner = secret.strip_prefix('‹').and_then(|it| it.strip_suffix('›'));
    inner.unwrap_or_default().split(' ').skip(1).collect()
}

/// The values of a header field.
pub(super) fn headers(request: &HttpRequest, name: &str) -> Vec<String> {
    let fields = request.headers.iter().filter(|it| it.0.eq_ignore_ascii_case(name));
    fields.map(|it| it.1.clone()).collect()
}

/// The cookies, as written.
pub(super) fn cookies(request: &HttpRequest) -> Vec<(String, String)> {
    let fields = headers(request, "cookie");
    let pieces = fields.iter().flat_map(|it| it.split(';')).map(str::trim);
    let pairs = pieces.filter_map(|it| it.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
