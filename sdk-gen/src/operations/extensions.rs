//! What a contract says beside the specification: `x-…` of operations.

use contracts::{
    Located,
    operations::{Listed, Reading},
};

/// The extensions of an operation.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Extensions {
    /// `x-timeout-ms`
    pub timeout_ms: Option<u64>,
    /// `x-max-bytes`
    pub max_bytes: Option<u64>,
    /// `x-idempotent`
    pub is_idempotent: bool,
    /// `x-idempotency-key`: the header that carries the key.
    pub key_header: Option<String>,
    /// `x-retry`
    pub retry: Option<RetryRule>,
    /// `x-stream`: bytes come as a stream.
    pub streams_bytes: bool,
    /// `x-stream-end`: the data that ends a stream.
    pub stream_end: Option<String>,
    /// `x-reconnect`
    pub reconnects: bool,
    /// `x-pagination`
    pub pages: Option<PageRule>,
}

/// `x-retry`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RetryRule {
    /// How often in all.
    pub attempts: Option<u64>,
    /// The first pause.
    pub base_ms: Option<u64>,
    /// The longest pause.
    pub max_ms: Option<u64>,
    /// The statuses.
    pub on: Option<Vec<u64>>,
}

/// `x-pagination`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageRule {
    /// Where it is written.
    pub at: Located,
    /// `cursor`, `page`, `offset` or `link`.
    pub kind: String,
    /// The query parameter that names the page.
    pub parameter: Option<String>,
    /// Where the next cursor is in the answer.
    pub from: Option<String>,
    /// Where the items are.
    pub items: String,
}

impl Extensions {
    /// Reads them.
    pub(crate) fn of(reading: Reading, listed: &Listed) -> Self {
        let at = &listed.at;
        Self {
            timeout_ms: number(reading, at, "x-timeout-ms"),
            max_bytes: number(reading, at, "x-max-bytes"),
            is_idempotent: reading.flag(at, "x-idempotent") == Some(true),
            key_header: reading.text(at, "x-idempotency-key").map(str::to_owned),
            retry: reading.member(at, "x-retry").map(|it| retry(reading, &it)),
            streams_bytes: reading.flag(at, "x-stream") == Some(true),
            stream_end: reading.text(at, "x-stream-end").map(str::to_owned),
            reconnects: reading.flag(at, "x-reconnect") == Some(true),
            pages: reading.member(at, "x-pagination").and_then(|it| pages(reading, it)),
        }
    }
}

fn retry(reading: Reading, at: &Located) -> RetryRule {
    let on = reading.items_of(at, "on");
    let on: Vec<u64> = on.iter().filter_map(|it| whole(reading, it)).collect();
    RetryRule {
        attempts: number(reading, at, "attempts"),
        base_ms: number(reading, at, "base-ms"),
        max_ms: number(reading, at, "max-ms"),
        on: (!on.is_empty()).then_some(on),
    }
}

fn pages(reading: Reading, at: Located) -> Option<PageRule> {
    let text = |name: &str| reading.text(&at, name).map(str::to_owned);
    let (kind, parameter, from) = (text("kind")?, text("param"), text("from"));
    let items = text("items").unwrap_or_default();
    Some(PageRule { at, kind, parameter, from, items })
}

fn number(reading: Reading, at: &Located, name: &str) -> Option<u64> {
    reading.member(at, name).and_then(|it| whole(reading, &it))
}

fn whole(reading: Reading, at: &Located) -> Option<u64> {
    let text = reading.store.as_number(at.node)?;
    text.parse().ok()
}
