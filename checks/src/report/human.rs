//! For a terminal, in the manner of rustc.

use crate::report::{Look, Report};

/// Writes the report for people.
pub(crate) fn render(report: &Report, look: &Look) -> String {
    let mut text = String::new();
    for it in report.findings() {
        text.push_str(&format!("{}[{}]: {}\n", it.level.name(), it.rule, it.message));
    }
    let it = &report.summary;
    let seconds = look.elapsed.as_secs_f64();
    text + &format!(
        "{} red · {} undecided · {} green · {} examined in {seconds:.2} s\n",
        it.red, it.undecided, it.green, it.examined
    )
}
