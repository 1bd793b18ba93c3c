//! Adds one waiver to the text of a `checks.toml`; every other byte stays.

use kernel::Date;
use toml_edit::{Item, Key, Value};

/// A waiver to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWaiver<'a> {
    /// The rule whose finding may stay.
    pub rule: &'a str,
    /// The finding's subject, exact or as a glob.
    pub subject: &'a str,
    /// Why it may stay.
    pub reason: &'a str,
    /// Who answers for it.
    pub owner: &'a str,
    /// The last day on which it counts.
    pub expires: Date,
}

/// Why a waiver cannot be added.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum WaiveError {
    /// The text is no TOML.
    #[error("the file does not parse; repair it first")]
    Malformed,
    /// The waivers are written as one list of inline tables.
    #[error("`waivers` is written as a list in brackets; write it as `[[waivers]]` first")]
    Inline,
}

impl NewWaiver<'_> {
    /// The block as it is written.
    #[must_use]
    pub fn block(&self) -> String {
        let text = |it: &str| Value::from(it).to_string();
        let member = |name: &str, value: String| format!("{} = {}\n", Key::new(name), value.trim());
        [
            "[[waivers]]\n".to_owned(),
            member("rule", text(self.rule)),
            member("subject", text(self.subject)),
            member("reason", text(self.reason)),
            member("owner", text(self.owner)),
            member("expires", self.expires.to_string()),
        ]
        .concat()
    }

    /// The text with the waiver at its end, in the text's own line ends.
    pub fn added_to(&self, text: &str) -> Result<String, WaiveError> {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let document: toml_edit::DocumentMut = body.parse().map_err(|_| WaiveError::Malformed)?;
        if matches!(document.get("waivers"), Some(Item::Value(_))) {
            return Err(WaiveError::Inline);
        }
        let mut addition = String::new();
        if !body.is_empty() {
            addition.push_str(if body.ends_with('\n') { "\n" } else { "\n\n" });
        }
        addition.push_str(&self.block());
        if text.contains("\r\n") {
            addition = addition.replace('\n', "\r\n");
        }
        let whole = format!("{text}{addition}");
        let body = whole.strip_prefix('\u{feff}').unwrap_or(&whole);
        body.parse::<toml_edit::DocumentMut>().map_err(|_| WaiveError::Malformed)?;
        Ok(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAIVER: NewWaiver<'_> = NewWaiver {
        rule: "route-claimed-twice",
        subject: "api.shop.example/\"x\"",
        reason: "it's \\ meant",
        owner: "@team-edge",
        expires: Date::constant(2027, 3, 31),
    };

    fn check(before: &str, expected: &str) {
        let after = WAIVER.added_to(before).unwrap();
        assert!(after.starts_with(before), "{after}");
        assert_eq!(
            after.get(before.len()..).unwrap().replace('\r', ""),
            format!("{expected}{}", WAIVER.block())
        );
        let body = after.trim_start_matches('\u{feff}');
        let document: toml_edit::DocumentMut = body.parse().unwrap();
        let waivers = document.get("waivers").and_then(Item::as_array_of_tables).unwrap();
        let last = waivers.iter().last().unwrap();
        assert_eq!(last.get("subject").and_then(Item::as_str), Some(WAIVER.subject));
        assert_eq!(last.get("reason").and_then(Item::as_str), Some(WAIVER.reason));
    }

    #[test]
    fn the_rest_of_the_file_stays_as_it_is() {
        check("", "");
        check("# a\n[gates.policy]\nmax-waiver-days =   30 # b\n", "\n");
        check("a = 1", "\n\n");
        check("a = 1\r\n", "\n");
        check("\u{feff}a = 1\n", "\n");
        check("[[waivers]]\nrule = 'x'\nsubject = 'y'\n", "\n");
    }

    #[test]
    fn what_cannot_be_added_to_is_left_alone() {
        assert_eq!(WAIVER.added_to("[a"), Err(WaiveError::Malformed));
        assert_eq!(WAIVER.added_to("waivers = []"), Err(WaiveError::Inline));
    }
}
