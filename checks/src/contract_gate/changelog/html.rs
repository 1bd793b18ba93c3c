use std::fmt::Write as _;

use contracts::Finding;
use kernel::Level;

use super::{Changelog, is_breaking, mark, spoken};
use crate::report::text::visible;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8886;--soft:#8882;--red:light-dark(#a40e26,#ff9492)}\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}\
h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}\
code,pre{font-family:ui-monospace,monospace;font-size:.9em}\
pre{background:var(--soft);padding:.7rem;overflow:auto;border-radius:4px;white-space:pre-wrap;word-break:break-word}\
article{margin:.8rem 0;padding-left:.8rem;border-left:3px solid var(--line)}\
article.breaking{border-left:6px double var(--red)}\
.mark{font-weight:700;font-size:.8rem;letter-spacing:.03em}.breaking .mark{color:var(--red)}\
.rule{opacity:.75}p{margin:.2rem 0}summary{cursor:pointer}";

pub(super) fn write(changelog: &Changelog<'_>) -> String {
    let (before, after) = changelog.versions;
    let title = format!("{}: {before} → {after}", changelog.title);
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{}. Smallest sufficient bump: {}.</p>\n",
        escaped(&changelog.summary()),
        changelog.bump(),
        title = escaped(&title),
    );
    for part in &changelog.comparison.undecided {
        let (subject, detail) = (escaped(&part.subject), escaped(&part.detail));
        let _ = writeln!(
            text,
            "<article><p><span class=\"mark\">UNDECIDED</span> <code>{subject}</code>: {detail}</p></article>",
        );
    }
    for group in changelog.groups() {
        let _ = writeln!(text, "<section>\n<h2><code>{}</code></h2>", escaped(group.name));
        for finding in group.findings {
            text.push_str(&article(finding));
        }
        text.push_str("</section>\n");
    }
    text.push_str("</body>\n</html>\n");
    text
}

fn article(finding: &Finding) -> String {
    let class = if is_breaking(finding) { " class=\"breaking\"" } else { "" };
    let mut text = format!(
        "<article{class}>\n<p><span class=\"mark\">{}</span> {} <code class=\"rule\">{}</code></p>\n",
        mark(finding),
        spoken_code(&finding.message),
        finding.rule.id(),
    );
    if finding.operations.len() > 1 {
        let names = finding.operations.iter().skip(1);
        let names: Vec<_> = names.map(|it| format!("<code>{}</code>", escaped(it))).collect();
        let _ = writeln!(text, "<p>also {}</p>", names.join(", "));
    }
    if finding.level > Level::Note {
        let _ = writeln!(text, "<p>{}</p>", spoken_code(&finding.remedy));
    }
    let witness = escaped(&spoken::evidence(&finding.evidence));
    let _ = writeln!(
        text,
        "<details><summary>witness</summary><pre>{witness}</pre></details>\n</article>",
    );
    text
}

/// A message whose backticks become code.
fn spoken_code(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(idx, part)| {
        if idx % 2 == 1 { format!("<code>{}</code>", escaped(part)) } else { escaped(part) }
    });
    parts.collect()
}

fn escaped(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(visible).collect();
    let text = lines.join("\n");
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
