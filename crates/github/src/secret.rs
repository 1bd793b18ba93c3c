use std::fmt;

/// What is shorter is no token but a word in somebody's test, and words stand in every text.
const SHORTEST: usize = 8;

/// A token. It can be sent and it can be looked for; no text of ours ever shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a token; blanks around it are not part of it.
    #[must_use]
    pub fn new(token: &str) -> Self {
        Self(token.trim().to_owned())
    }

    /// The token itself, for the one header that carries it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// The text without this token, wherever it came from: GitHub's words may quote what they got.
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        let is_word = self.0.len() < SHORTEST;
        if is_word { text.to_owned() } else { text.replace(&self.0, "<redacted>") }
    }

    /// Does it belong to a person? GitHub gives the tokens of people other beginnings than those
    /// of apps and workflows.
    #[must_use]
    pub fn is_of_a_person(&self) -> bool {
        ["ghp_", "github_pat_", "gho_", "ghu_"].iter().any(|it| self.0.starts_with(it))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(<redacted>)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("<redacted>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_shows_a_token() {
        let secret = Secret::new(" hush-1234\n");
        for text in [
            format!("{secret}"),
            format!("{secret:?}"),
            format!("{:#?}", Some(&secret)),
            secret.hide("token hush-1234 is bad"),
        ] {
            assert!(!text.contains("hush"), "{text}");
        }
        assert_eq!(secret.reveal(), "hush-1234");
        for word in ["", "token"] {
            assert_eq!(Secret::new(word).hide("the token"), "the token");
        }
    }

    #[test]
    fn tokens_of_people_are_told_from_those_of_workflows() {
        for (token, expected) in
            [("ghp_x", true), ("github_pat_x", true), ("ghs_x", false), ("x", false)]
        {
            assert_eq!(Secret::new(token).is_of_a_person(), expected, "{token}");
        }
    }
}
