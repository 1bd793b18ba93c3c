//! Lists are told by pages, and the header `Link` names the others.

use serde_json::Value;

use crate::request::Query;

/// GitHub's own length of a page where none is asked for, and the longest.
const USUAL: usize = 30;
const LONGEST: usize = 100;

/// The page that a query asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    number: usize,
    size: usize,
}

impl Page {
    /// Never longer than `limit`.
    pub(crate) fn of(query: &Query, limit: usize) -> Self {
        let number = |name: &str| query.get(name).and_then(|it| it.parse::<usize>().ok());
        let size = number("per_page").unwrap_or(USUAL).clamp(1, LONGEST);
        Self { number: number("page").unwrap_or(1).max(1), size: size.min(limit.max(1)) }
    }

    /// Cuts a list, or the only list in an object with a count; tells how many pages there are.
    pub(crate) fn cut(self, body: &mut Value) -> usize {
        let list = match body.as_object_mut() {
            Some(members) if members.contains_key("total_count") => {
                members.values_mut().find_map(Value::as_array_mut)
            }
            Some(_) => None,
            None => body.as_array_mut(),
        };
        let Some(list) = list else { return 1 };
        let n_pages = list.len().div_ceil(self.size).max(1);
        let start = (self.number - 1).saturating_mul(self.size).min(list.len());
        let end = (start + self.size).min(list.len());
        *list = list.drain(start..end).collect();
        n_pages
    }

    /// The header `Link`, if there are other pages.
    pub(crate) fn link(self, url: &str, query: &Query, n_pages: usize) -> Option<String> {
        let number = self.number;
        let mut targets = Vec::new();
        if number > 1 {
            targets.push((number.min(n_pages + 1) - 1, "prev"));
        }
        if number < n_pages {
            targets.extend([(number + 1, "next"), (n_pages, "last")]);
        }
        if number > 1 {
            targets.push((1, "first"));
        }
        let link = |(page, rel): (usize, &str)| {
            format!("<{url}?{}>; rel=\"{rel}\"", query.with("page", &page.to_string()))
        };
        let links: Vec<_> = targets.into_iter().map(link).collect();
        (!links.is_empty()).then(|| links.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Page;
    use crate::request::Query;

    fn check(query: &[(&str, &str)], mut body: Value, expected: &Value, link: Option<&str>) {
        let pairs = query.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        let query = Query { text: String::new(), pairs: pairs.collect() };
        let page = Page::of(&query, 2);
        let n_pages = page.cut(&mut body);
        assert_eq!(body, *expected);
        assert_eq!(page.link("u", &query, n_pages).as_deref(), link);
    }

    #[test]
    fn pages_cover_the_list() {
        let list = || json!([1, 2, 3, 4, 5]);
        let next = "<u?page=2>; rel=\"next\", <u?page=3>; rel=\"last\"";
        check(&[], list(), &json!([1, 2]), Some(next));
        let ending = "<u?page=2>; rel=\"prev\", <u?page=1>; rel=\"first\"";
        check(&[("page", "3")], list(), &json!([5]), Some(ending));
        let beyond = "<u?page=3>; rel=\"prev\", <u?page=1>; rel=\"first\"";
        check(&[("page", "9")], list(), &json!([]), Some(beyond));
        check(&[("per_page", "100")], json!([1, 2]), &json!([1, 2]), None);
        check(&[], json!({"a": [1, 2, 3]}), &json!({"a": [1, 2, 3]}), None);
        check(
            &[("per_page", "1")],
            json!({"total_count": 2, "secrets": [{"name": "A"}, {"name": "B"}]}),
            &json!({"total_count": 2, "secrets": [{"name": "A"}]}),
            Some("<u?per_page=1&page=2>; rel=\"next\", <u?per_page=1&page=2>; rel=\"last\""),
        );
    }
}
