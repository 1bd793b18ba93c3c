//! The witness of a consumer that stops compiling, and its judge.
//!
//! The search reads the plain output of one compilation of each side. The judge has both sides
//! compiled once more and reads what the compiler prints for people: other words of the command
//! line, another form, another reader.

use kernel::{RepoPath, Witness};
use serde::Serialize;

/// A place that compiles with base's SDK and does not with head's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ConsumerCompile {
    /// The package of the SDK.
    pub(crate) package: String,
    /// Where it stops compiling.
    pub(crate) consumer: ConsumerPlace,
    /// The compiler's name for it.
    pub(crate) code: String,
    /// The compiler's words.
    pub(crate) message: String,
    /// What of the SDK it is about.
    pub(crate) symbol: String,
    /// The operations that take part.
    pub(crate) operation: Vec<String>,
    /// What of the contract changed.
    pub(crate) contract: ContractLine,
    /// `compiles`.
    pub(crate) base: &'static str,
    /// `fails`.
    pub(crate) head: &'static str,
}

/// A place of a consumer; the column counts as the compiler does, in units of UTF-16.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ConsumerPlace {
    /// The file.
    pub(crate) path: RepoPath,
    /// Line, from 1.
    pub(crate) line: usize,
    /// Column, from 1.
    pub(crate) column: usize,
}

/// A line of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ContractLine {
    /// The file.
    pub(crate) path: RepoPath,
    /// Line, from 1.
    pub(crate) line: usize,
}

/// What the compiler prints for people about both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Printed {
    /// With base's SDK.
    pub(crate) base: String,
    /// With head's SDK.
    pub(crate) head: String,
    /// A file that does not compile on any side: who misses its error did not look.
    pub(crate) canary: String,
}

impl Printed {
    /// Does an error stand in the output of a side? `path:line:column - error CODE: `, coloured.
    fn tells(printed: &str, place: (&str, usize, usize), code: &str) -> bool {
        let plain = without_colours(printed);
        let wanted = format!("{}:{}:{} - error {code}: ", place.0, place.1, place.2);
        plain.split('\n').any(|it| it.replace('\\', "/").starts_with(&wanted))
    }

    fn looked(&self, printed: &str) -> bool {
        let wanted = format!("{}:", self.canary);
        let plain = without_colours(printed);
        plain.split('\n').any(|it| {
            it.replace('\\', "/")
                .strip_prefix(&wanted)
                .is_some_and(|it| it.contains(" - error TS2"))
        })
    }
}

/// A text without the codes of a terminal.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(it) = rest.next() {
        if it != '\u{1b}' {
            plain.push(it);
            continue;
        }
        // `ESC [ numbers letter`.
        rest.by_ref().find(char::is_ascii_alphabetic);
    }
    plain
}

impl Witness for ConsumerCompile {
    const KIND: &'static str = "consumer-compile";
    type World = Printed;

    fn replay(&self, world: &Printed) -> bool {
        let ConsumerPlace { path, line, column } = &self.consumer;
        let place = (path.as_str(), *line, *column);
        world.looked(&world.base)
            && world.looked(&world.head)
            && Printed::tells(&world.head, place, &self.code)
            && !Printed::tells(&world.base, place, &self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_head_alone_says_is_confirmed() {
        let path = RepoPath::new("src/x.ts").unwrap();
        let line = |code: &str, place: &str| {
            format!(
                "\u{1b}[96msrc/x.ts\u{1b}[0m:{place} - \u{1b}[91merror\u{1b}[0m\u{1b}[90m {code}: \u{1b}[0mNo\n"
            )
        };
        let canary = "\u{1b}[96mcanary.ts\u{1b}[0m:1:5 - error TS2339: No\n";
        let at = "\u{1b}[93m2\u{1b}[0m:\u{1b}[93m7\u{1b}[0m";
        let check = |base: &str, head: &str, expected: bool| {
            let witness = ConsumerCompile {
                package: "shop-sdk".to_owned(),
                consumer: ConsumerPlace { path: path.clone(), line: 2, column: 7 },
                code: "TS2339".to_owned(),
                message: String::new(),
                symbol: String::new(),
                operation: Vec::new(),
                contract: ContractLine { path: path.clone(), line: 1 },
                base: "compiles",
                head: "fails",
            };
            let [base, head] = [base, head].map(str::to_owned);
            let world = Printed { base, head, canary: "canary.ts".to_owned() };
            assert_eq!(witness.replay(&world), expected, "{world:?}");
        };
        let red = format!("{canary}{}", line("TS2339", at));
        check(canary, &red, true);
        check(&red, &red, false);
        check(canary, canary, false);
        check("", &red, false);
        check(canary, &line("TS2339", at), false);
        check(canary, &format!("{canary}{}", line("TS2322", at)), false);
        check(canary, &format!("{canary}{}", line("TS2339", "2:8")), false);
    }
}
