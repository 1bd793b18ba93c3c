//! Our order of routes against the router of miniflare, on generated sets and URLs.

use std::{
    fmt,
    io::{BufRead, BufReader, BufWriter, Write},
    path::Path,
    process::{ChildStdin, Stdio},
    sync::mpsc::{Receiver, Sender, channel},
};

use anyhow::{Context, Result, bail};
use routes::{NotHttp, Pattern, Refusal, Route, RouteTable, Url};
use serde_json::Value;

use crate::{generate::router_pairs::RouterPair, tree::Tree};

/// How many pairs the suite looks at.
pub(crate) const IN_SUITE: u64 = 10_000;
/// How many differences are shown; there should be none.
const SHOWN: usize = 10;

/// What became of all pairs.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    seed: u64,
    compared: u64,
    with_owner: u64,
    refused_by_us: u64,
    refused_by_both: u64,
    differences: Vec<String>,
    n_different: u64,
}

/// What we say of one pair.
#[derive(Debug, PartialEq, Eq)]
enum Ours {
    Owner(Option<u32>),
    NoUrl,
    Refused(Refusal),
}

/// Asks both about so many pairs that we do not refuse; the seed repeats them.
pub(crate) fn compare(tree: &Tree, node: &Path, seed: u64, count: u64) -> Result<Comparison> {
    let mut command = tree.command(node);
    command.arg("tests/node/router.mjs").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().context("cannot start node")?;
    let input = child.stdin.take().context("the script has a standard input")?;
    let output = child.stdout.take().context("the script has a standard output")?;
    let (sender, receiver) = channel();
    let comparison = std::thread::scope(|scope| {
        let asking = scope.spawn(move || ask(input, &sender, seed, count));
        let comparison = listen(BufReader::new(output), &receiver, seed);
        match asking.join() {
            Ok(asked) => asked.and(comparison),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })?;
    child.wait()?;
    if comparison.compared != count {
        bail!("the router answered {} of {count} questions", comparison.compared);
    }
    Ok(comparison)
}

fn ask(input: ChildStdin, sender: &Sender<Ours>, seed: u64, count: u64) -> Result<()> {
    let mut input = BufWriter::new(input);
    let mut n_compared = 0;
    for number in 0.. {
        if n_compared == count {
            break;
        }
        let pair = RouterPair::new(seed, number);
        writeln!(input, "{}", pair.to_json(number)).context("the router does not listen")?;
        let ours = ours(&pair);
        n_compared += u64::from(!matches!(ours, Ours::Refused(_)));
        sender.send(ours).context("nobody compares")?;
    }
    input.flush().context("the router does not listen")
}

fn listen(output: impl BufRead, receiver: &Receiver<Ours>, seed: u64) -> Result<Comparison> {
    let mut comparison = Comparison { seed, ..Comparison::default() };
    for (number, line) in (0..).zip(output.lines()) {
        let theirs: Value = serde_json::from_str(&line?)?;
        comparison.add(number, &receiver.recv().context("one answer for each question")?, &theirs);
    }
    Ok(comparison)
}

/// The owner by our own order.
fn ours(pair: &RouterPair) -> Ours {
    let mut routes = Vec::new();
    for (owner, patterns) in (0..).zip(&pair.owners) {
        for raw in patterns {
            match Pattern::parse(raw, None, &|_| false) {
                Ok(pattern) => routes.push(Route { owner, pattern: pattern.into() }),
                Err(refusal) => return Ours::Refused(refusal),
            }
        }
    }
    let table = RouteTable::new(routes);
    match Url::parse(&pair.url) {
        Ok(url) => {
            let first = table.order(&url).first().copied();
            Ours::Owner(first.and_then(|it| table.routes().get(it.index())).map(|it| it.owner))
        }
        Err(NotHttp::Malformed { .. } | NotHttp::Scheme { .. }) => Ours::NoUrl,
    }
}

impl Comparison {
    /// Are there no differences?
    pub(crate) fn is_good(&self) -> bool {
        self.n_different == 0
    }

    fn add(&mut self, number: u64, ours: &Ours, theirs: &Value) {
        let error = theirs.get("error").and_then(Value::as_str);
        let winner = theirs.get("winner").and_then(Value::as_str);
        if let Ours::Refused(_) = ours {
            self.refused_by_us += 1;
            self.refused_by_both += u64::from(error.is_some());
            return;
        }
        self.compared += 1;
        self.with_owner += u64::from(winner.is_some());
        let is_same = match ours {
            Ours::Owner(owner) => {
                error.is_none() && owner.map(|it| it.to_string()).as_deref() == winner
            }
            Ours::NoUrl => error == Some("ERR_INVALID_URL"),
            Ours::Refused(_) => false,
        };
        if !is_same {
            self.n_different += 1;
            if self.differences.len() < SHOWN {
                let pair = RouterPair::new(self.seed, number).to_json(number);
                self.differences.push(format!("{pair}\n  ours {ours:?}, the router's {theirs}"));
            }
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in &self.differences {
            writeln!(f, "{difference}")?;
        }
        write!(
            f,
            "seed {}: {} pairs compared, {} with an owner, {} differences; {} sets refused by us, \
             {} of them by the router too",
            self.seed,
            self.compared,
            self.with_owner,
            self.n_different,
            self.refused_by_us,
            self.refused_by_both
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Comparison, Ours};

    #[test]
    fn another_owner_and_another_error_are_differences() {
        let rows = [
            (Ours::Owner(Some(1)), json!({"winner": "1"}), 0),
            (Ours::Owner(None), json!({"winner": null}), 0),
            (Ours::Owner(Some(1)), json!({"winner": "2"}), 1),
            (Ours::Owner(Some(1)), json!({"winner": null}), 1),
            (Ours::Owner(None), json!({"error": "ERR_QUERY_STRING"}), 1),
            (Ours::NoUrl, json!({"error": "ERR_INVALID_URL"}), 0),
            (Ours::NoUrl, json!({"winner": null}), 1),
        ];
        for (ours, theirs, expected) in rows {
            let mut comparison = Comparison::default();
            comparison.add(0, &ours, &theirs);
            assert_eq!(comparison.n_different, expected, "{ours:?} {theirs}");
        }
    }
}
