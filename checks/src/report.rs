//! The report of a run and its formats. A reporter sees verdicts, never rules.

mod human;
mod json;
mod record;

use std::{str::FromStr, time::Duration};

pub use self::record::{
    FindingRecord, NewOnlyRecord, NewWaiver, RelatedRecord, Report, Summary, Tool, VerdictRecord,
    WaivedRecord,
};

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Human,
    /// Workflow commands of GitHub Actions.
    Github,
    /// SARIF 2.1.0.
    Sarif,
    /// `checks-report/v1`.
    Json,
    /// `JUnit` XML.
    Junit,
    /// For a summary or a comment.
    Markdown,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "human" => Ok(Self::Human),
            "github" => Ok(Self::Github),
            "sarif" => Ok(Self::Sarif),
            "json" => Ok(Self::Json),
            "junit" => Ok(Self::Junit),
            "markdown" => Ok(Self::Markdown),
            other => {
                Err(format!("`{other}` is none of human, github, sarif, json, junit, markdown"))
            }
        }
    }
}

/// What a reporter may know besides the report.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Columns of the terminal.
    pub columns: usize,
    /// Only what is red.
    pub is_quiet: bool,
    /// How long the run took; only the last human line tells it.
    pub elapsed: Duration,
}

/// Writes a report in one format.
#[must_use]
pub fn render(report: &Report, format: Format, look: &Look) -> String {
    match format {
        Format::Json => json::render(report),
        Format::Human | Format::Github | Format::Sarif | Format::Junit | Format::Markdown => {
            human::render(report, look)
        }
    }
}
