//! Which operation answers a request: servers, path templates, methods.

use std::{
    collections::BTreeMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use super::{Call, Side, Taking, refused, server::Address};
use crate::{
    Direction, HttpExchange, HttpRequest, Revision,
    judge::{texts::At, uri},
};

/// What a template took of a path, and how concrete it is: fewer and later parameters go first.
struct Match {
    rank: Vec<u8>,
    values: BTreeMap<String, (usize, String)>,
}

/// What answered last on each side: while a witness shrinks, its address mostly stays.
#[derive(Debug, Default)]
pub(in crate::judge) struct Calls {
    base: Mutex<Option<Asked>>,
    head: Mutex<Option<Asked>>,
    base_templates: OnceLock<Vec<Template>>,
    head_templates: OnceLock<Vec<Template>>,
}

/// A path template, and its literal segments, each with its number from the end.
#[derive(Debug)]
struct Template {
    text: String,
    n_segments: usize,
    literals: Vec<(usize, String)>,
}

#[derive(Debug)]
struct Asked {
    method: String,
    url: String,
    call: Taking<Call>,
}

impl Calls {
    /// The path templates of one side, listed once.
    fn templates(&self, revision: Revision, list: impl FnOnce() -> Vec<String>) -> &[Template] {
        let list = || list().into_iter().map(Template::of).collect();
        match revision {
            Revision::Base => self.base_templates.get_or_init(list),
            Revision::Head => self.head_templates.get_or_init(list),
        }
    }

    fn remembered(
        &self,
        revision: Revision,
        request: &HttpRequest,
        find: impl FnOnce() -> Taking<Call>,
    ) -> Taking<Call> {
        let last = match revision {
            Revision::Base => &self.base,
            Revision::Head => &self.head,
        };
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*last
            && (&known.method, &known.url) == (&request.method, &request.url)
        {
            return known.call.clone();
        }
        let call = find();
        let (method, url) = (request.method.clone(), request.url.clone());
        *last = Some(Asked { method, url, call: call.clone() });
        call
    }
}

impl Side<'_> {
    /// The operation that an exchange belongs to.
    pub(super) fn call(self, exchange: &HttpExchange) -> Taking<Call> {
        let name = exchange.operation.as_str();
        if name.starts_with("webhook ") || name.starts_with("callback ") {
            return self.event(exchange);
        }
        let request = &exchange.request;
        self.world.calls.remembered(self.revision, request, || self.answering(request))
    }

    fn answering(self, request: &HttpRequest) -> Taking<Call> {
        let address = Address::parse(&request.url);
        let paths = At::root(0).child("paths");
        let mut best: Option<(Vec<u8>, Call)> = None;
        let templates = self.world.calls.templates(self.revision, || self.texts.names(&paths));
        let segments: Vec<&str> = address.path.rsplit('/').collect();
        for template in templates.iter().filter(|it| it.may_end(&segments)) {
            let template = template.text.as_str();
            // A base URL only takes from the start of a path.
            if matched(template, ending(&address.path, template), 0).is_none() {
                continue;
            }
            let items = self.chain(&paths.child(template));
            let Some(operation) = self.operation(&items, &request.method) else { continue };
            let rests = self.rests(&address, &items, &operation).into_iter();
            for found in rests.filter_map(|(start, rest)| matched(template, rest, start)) {
                let (operation, items) = (operation.clone(), items.clone());
                let direction = Direction::ToProvider;
                let (method, path) = (request.method.clone(), found.values);
                let call = Call { operation, items, method, path, direction };
                let better = Some((found.rank, call));
                best = [best, better].into_iter().flatten().min_by(|it, other| it.0.cmp(&other.0));
            }
        }
        best.map_or_else(
            || refused(format!("nothing answers `{} {}`", request.method, request.url)),
            |it| Ok(it.1),
        )
    }

    /// A path item and those that it refers to; members of the former go first.
    pub(super) fn chain(self, item: &At) -> Vec<At> {
        let mut items = vec![item.clone()];
        while let Some(last) = items.last() {
            let reference = self.texts.value(&last.child("$ref"));
            let reference = reference.as_ref().and_then(serde_json::Value::as_str);
            let next = reference.and_then(|it| self.texts.follow(last, it));
            let Some(next) = next.filter(|it| !items.contains(it)) else { break };
            items.push(next);
        }
        items
    }

    /// The operation of a method.
    pub(super) fn operation(self, items: &[At], method: &str) -> Option<At> {
        let fixed = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
        let method_name = method.to_ascii_lowercase();
        let is_new = !self.is_swagger() && !self.is_version("3.0") && !self.is_version("3.1");
        let is_fixed = fixed.contains(&method_name.as_str())
            && (method_name != "query" || is_new)
            && (method_name != "trace" || !self.is_swagger());
        items.iter().find_map(|item| {
            let fixed = item.child(&method_name);
            let named = item.child("additionalOperations").child(method);
            let known = Some(fixed).filter(|it| is_fixed && self.texts.has(it));
            known.or_else(|| Some(named).filter(|it| is_new && self.texts.has(it)))
        })
    }
}

impl Template {
    fn of(text: String) -> Self {
        let segments = text.rsplit('/').enumerate().filter(|it| !it.1.contains('{'));
        let mut literals: Vec<_> = segments.map(|(idx, it)| (idx, it.to_owned())).collect();
        let n_segments = text.matches('/').count();
        // What stands before the first slash is nothing.
        literals.retain(|it| it.0 < n_segments);
        Self { text, n_segments, literals }
    }

    /// May a path end so, its segments given from the end? Most templates are of other paths, and
    /// need no more than this look.
    fn may_end(&self, segments: &[&str]) -> bool {
        let is_there = |(idx, literal): &(usize, String)| {
            segments.get(*idx).is_some_and(|it| is_alike(literal, it))
        };
        self.text.starts_with('/')
            && self.n_segments < segments.len()
            && self.literals.iter().all(is_there)
    }
}

/// The last segments of a path, as many as a template has.
fn ending<'p>(path: &'p str, template: &str) -> &'p str {
    let n_segments = template.matches('/').count();
    let start = path.rmatch_indices('/').nth(n_segments.saturating_sub(1)).map_or(0, |it| it.0);
    path.get(start..).unwrap_or(path)
}

/// Do two segments say the same? Most have no escapes, and are compared as they are.
fn is_alike(template: &str, segment: &str) -> bool {
    let has_escapes = || template.contains('%') || segment.contains('%');
    template == segment || has_escapes() && uri::decode(template) == uri::decode(segment)
}

/// What stands behind a literal at the start of a segment, and where: escaped or not, a byte is
/// the same byte.
fn behind<'s>(literal: &str, segment: &'s str) -> Option<(usize, &'s str)> {
    let (mut wanted, mut rest) = (literal.as_bytes(), segment.as_bytes());
    while let Some((byte, tail)) = unescaped(wanted) {
        let (found, behind) = unescaped(rest)?;
        if found != byte {
            return None;
        }
        (wanted, rest) = (tail, behind);
    }
    let end = segment.len() - rest.len();
    Some((end, segment.get(end..)?))
}

/// The first byte that a text says, and the text behind it.
fn unescaped(text: &[u8]) -> Option<(u8, &[u8])> {
    let (first, tail) = text.split_first()?;
    let digits = tail.get(..2).filter(|it| *first == b'%' && it.iter().all(u8::is_ascii_hexdigit));
    let code = digits.and_then(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok());
    match code {
        Some(code) => Some((code, tail.get(2..).unwrap_or_default())),
        None => Some((*first, tail)),
    }
}

/// The values that a template takes of a path, both split at `/`.
fn matched(template: &str, path: &str, start: usize) -> Option<Match> {
    let segments = || template.split('/').zip(path.split('/'));
    let is_literal = |it: &str| !it.contains('{');
    // Most templates are of other paths, and need no more than this look.
    if template.matches('/').count() != path.matches('/').count()
        || segments().any(|it| is_literal(it.0) && !is_alike(it.0, it.1))
    {
        return None;
    }
    let mut found = Match { rank: Vec::new(), values: BTreeMap::new() };
    let mut offset = start;
    for (template, segment) in segments() {
        let rank = match template.find('{') {
            None => 0,
            Some(0) if template.ends_with('}') && template.matches('{').count() == 1 => 2,
            Some(_) => 1,
        };
        let is_taken = match rank {
            0 => true,
            _ => take(template, segment, offset, &mut found.values),
        };
        if !is_taken {
            return None;
        }
        found.rank.push(rank);
        offset += segment.len() + 1;
    }
    Some(found)
}

/// Fills the parameters of one segment; parameters are never empty.
fn take(
    template: &str,
    segment: &str,
    offset: usize,
    values: &mut BTreeMap<String, (usize, String)>,
) -> bool {
    let Some((literal, rest)) = template.split_once('{') else {
        return is_alike(template, segment);
    };
    let Some((before, segment)) = behind(literal, segment) else { return false };
    let Some((name, rest)) = rest.split_once('}') else { return false };
    let offset = offset + before;
    let ends = segment.char_indices().skip(1).map(|it| it.0).chain([segment.len()]);
    for end in ends.filter(|it| *it > 0).collect::<Vec<_>>().into_iter().rev() {
        let (value, tail) = segment.split_at(end);
        if take(rest, tail, offset + end, values) {
            values.insert(name.to_owned(), (offset, value.to_owned()));
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_take_paths_segment_by_segment() {
        for (template, path, expected) in [
            ("/a", "/a", Some("")),
            ("/a", "/b", None),
            ("/a/", "/a", None),
            ("/a%20b", "/a b", Some("")),
            ("/{x}", "/5", Some("x=5@1")),
            ("/{x}", "/", None),
            ("/{x}", "/a/b", None),
            ("/{x}/y/{z}", "/1/y/2", Some("x=1@1 z=2@5")),
            ("/{x}.{y}", "/a.b.c", Some("x=a.b@1 y=c@5")),
            ("/v{x}-{y}", "/v1-2", Some("x=1@2 y=2@4")),
            ("/v{x}", "/v", None),
            ("/{x}-`b`", "/a-%60b%60", Some("x=a@1")),
            ("/ü {x}", "/%C3%BC%20a", Some("x=a@10")),
            ("/%7e{x}", "/~a", Some("x=a@2")),
            ("/ü{x}", "/%C3a", None),
        ] {
            let found = matched(template, path, 0).map(|it| {
                let values = it.values.iter().map(|(name, it)| format!("{name}={}@{}", it.1, it.0));
                values.collect::<Vec<_>>().join(" ")
            });
            assert_eq!(found.as_deref(), expected, "{template} {path}");
        }
    }
}
