//! `--format json`: the report as it is, in canonical form.

use kernel::canonical_json;
use serde_json::Value;

use crate::report::Report;

/// Writes the report as canonical JSON.
pub(crate) fn render(report: &Report) -> String {
    // A report is plain data with text keys, which always serialises.
    canonical_json(&serde_json::to_value(report).unwrap_or(Value::Null))
}
