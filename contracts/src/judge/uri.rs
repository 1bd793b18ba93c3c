//! As much of RFC 3986 as references between schemas need.

/// Where a reference leads, seen from a base: the address, and what stands after `#`, decoded.
pub(super) fn join(base: &str, reference: &str) -> (String, String) {
    let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let address = if address.is_empty() {
        base.to_owned()
    } else if has_scheme(address) {
        decode(address)
    } else {
        resolve(base, &decode(address))
    };
    (address, decode(fragment))
}

/// Percent-decoding; what is no escape stays.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let is_hex = |it: &&str| it.bytes().all(|it| it.is_ascii_hexdigit());
        let escaped = digits.filter(is_hex).and_then(|it| u8::from_str_radix(it, 16).ok());
        let escaped = escaped.filter(|_| *first == b'%');
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn has_scheme(text: &str) -> bool {
    let is_scheme = |it: &str| {
        it.starts_with(|it: char| it.is_ascii_alphabetic())
            && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it))
    };
    text.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}

fn resolve(base: &str, relative: &str) -> String {
    let (origin, path) = match base.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            (format!("{scheme}://{host}/"), path)
        }
        None => (String::new(), base),
    };
    let folder = path.rsplit_once('/').map_or("", |it| it.0);
    let (start, steps) = match relative.strip_prefix('/') {
        Some(steps) => ("", steps),
        None => (folder, relative),
    };
    let mut parts: Vec<&str> = start.split('/').filter(|it| !it.is_empty()).collect();
    for step in steps.split('/') {
        match step {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    format!("{origin}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_where_rfc_3986_says() {
        for (base, reference, address, fragment) in [
            ("file:///a/b.yaml", "#/x~1y/%7Bid%7D", "file:///a/b.yaml", "/x~1y/{id}"),
            ("file:///a/b.yaml", "./c.yaml#/X", "file:///a/c.yaml", "/X"),
            ("file:///a/b.yaml", "../c%20d.yaml", "file:///c d.yaml", ""),
            ("file:///a/b.yaml", "s/c.yaml#", "file:///a/s/c.yaml", ""),
            ("https://x.example/s/a", "b#n", "https://x.example/s/b", "n"),
            ("https://x.example/s/a", "/b", "https://x.example/b", ""),
            ("https://x.example/s/a", "https://y.example/c", "https://y.example/c", ""),
            ("file:///a", "urn:x:y#z", "urn:x:y", "z"),
        ] {
            let expected = (address.to_owned(), fragment.to_owned());
            assert_eq!(join(base, reference), expected, "{base} {reference}");
        }
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%C3%A4"), "%zzä");
    }
}
