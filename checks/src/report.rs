//! The report of a run and its formats. A reporter sees verdicts, never rules.

mod contract;
mod excerpt;
pub(crate) mod exchange;
mod github;
mod human;
mod json;
mod junit;
pub(crate) mod markdown;
mod record;
mod sarif;
mod sdk;
mod tally;
pub(crate) mod text;

pub(crate) use markdown::{code, fence, inline};

use std::{str::FromStr, time::Duration};

use kernel::RuleInfo;

pub use self::{
    contract::{ContractMember, ContractRecord, RevisionRecord},
    record::{
        FindingRecord, NewOnlyRecord, NewWaiver, RelatedRecord, Report, Summary, Tool,
        VerdictRecord, WaivedRecord,
    },
    sdk::{SdkFilesRecord, SdkMember, SdkNoteRecord, SdkServiceRecord},
};
use crate::{rule::Rule, rules};

/// What a job summary of GitHub may hold; one of 1 MiB is dropped whole.
pub const SUMMARY_LIMIT: usize = 900 * 1024;

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
    /// One page for people; only `contract changelog` writes it.
    Html,
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
            "html" => Ok(Self::Html),
            other => {
                Err(format!("`{other}` is none of human, github, sarif, json, junit, markdown"))
            }
        }
    }
}

/// What a reporter may know besides the report.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// Columns of the terminal.
    pub columns: usize,
    /// Only what is red.
    pub is_quiet: bool,
    /// How long the run took; only the last human line tells it.
    pub elapsed: Duration,
    /// From the repository's root to the root that was judged, with a `/` at the end if not empty:
    /// platforms that show source want paths of the repository.
    pub prefix: String,
}

/// Writes a report in one format.
#[must_use]
pub fn render(report: &Report, format: Format, look: &Look) -> String {
    match format {
        Format::Human => human::styled(report, look),
        Format::Github => github::render(report, look),
        Format::Sarif => sarif::render(report, look, &info_of),
        Format::Json => json::render(report),
        Format::Junit => junit::render(report),
        // A run has no page of its own: whoever asks for one is told so before.
        Format::Markdown | Format::Html => markdown::render(report, usize::MAX),
    }
}

/// The markdown in at most so many bytes; says how many findings it leaves out.
#[must_use]
pub fn summary(report: &Report, limit: usize) -> String {
    markdown::render(report, limit)
}

fn info_of(rule: &str) -> Option<&'static RuleInfo> {
    rules::find(rule).map(Rule::info)
}
