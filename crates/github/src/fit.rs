/// How many characters a body may have. GitHub takes 65,536; some are left for what is around it.
pub const LONGEST_BODY: usize = 60_000;

/// The text in at most so many characters, cut between lines; what is left out is counted.
#[must_use]
pub fn fit(text: &str, limit: usize) -> String {
    let n_chars = text.chars().count();
    if n_chars <= limit {
        return text.to_owned();
    }
    // Room for the sentence, and for a fence that the cut leaves open.
    let room = limit.saturating_sub(120);
    let end = text.char_indices().nth(room).map_or(text.len(), |(idx, _)| idx);
    let head = text.get(..end).unwrap_or_default();
    let head = head.rfind('\n').map_or(head, |end| head.get(..end).unwrap_or_default());
    let n_lines = text.lines().count().saturating_sub(head.lines().count());
    let fence = open_fence(head).map_or_else(String::new, |it| format!("\n{it}"));
    let n_open =
        head.matches("<details>").count().saturating_sub(head.matches("</details>").count());
    let details = if n_open > 0 { "\n\n</details>" } else { "" };
    format!("{head}{fence}{details}\n\n… and {n_lines} more lines; the report has all of them.\n")
}

/// The fence that a text leaves open.
fn open_fence(text: &str) -> Option<&'static str> {
    let mut open = None;
    for line in text.lines() {
        for fence in ["```", "~~~"] {
            if line.trim_start().starts_with(fence) {
                open = match open {
                    None => Some(fence),
                    Some(it) if it == fence => None,
                    other => other,
                };
            }
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_counted() {
        let lines: Vec<String> = (0..1_000).map(|it| format!("line {it} ♫\n")).collect();
        let text = lines.concat();
        let fitted = fit(&text, 500);
        assert!(fitted.chars().count() <= 500);
        let n_kept = fitted.lines().filter(|it| it.starts_with("line")).count();
        assert!(fitted.contains(&format!("and {} more lines", 1_000 - n_kept)), "{fitted}");
        assert_eq!(fit("short", 500), "short");
        let one = "x".repeat(1_000);
        assert!(fit(&one, 500).chars().count() <= 500);
    }

    #[test]
    fn a_cut_leaves_nothing_open() {
        let inside = format!("<details><summary>w</summary>\n\n~~~json\n{}", "{}\n".repeat(500));
        let fitted = fit(&inside, 400);
        assert!(fitted.contains("\n~~~\n\n</details>\n\n… and"), "{fitted}");
    }
}
