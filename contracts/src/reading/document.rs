use kernel::Span;

use crate::{
    Limits, NodeId, Store,
    reading::{
        json,
        problem::{Note, Problem},
        text::Text,
        yaml,
    },
};

/// Reads one file; all spans count its bytes.
pub(crate) fn parse(
    store: &mut Store,
    bytes: &[u8],
    limits: &Limits,
) -> Result<(NodeId, Vec<Note>), Problem> {
    if bytes.len() > limits.bytes {
        let message =
            format!("the file has {} bytes, more than {} (`bytes`)", bytes.len(), limits.bytes);
        return Err(Problem::new(
            Span::default(),
            message,
            "split the document, or raise the bound",
        ));
    }
    let text = Text::of(bytes)?;
    let read = if text.is_json() { json::parse } else { yaml::parse };
    let moved = |span: Span| Span { start: span.start + text.shift, end: span.end + text.shift };
    match read(store, text.text, limits) {
        Ok((root, mut notes)) => {
            for note in &mut notes {
                note.span = moved(note.span);
            }
            Ok((root, notes))
        }
        Err(problem) => Err(Problem { span: moved(problem.span), ..problem }),
    }
}

/// Is there nothing but space and comments?
pub(crate) fn is_empty(bytes: &[u8]) -> bool {
    let is_blank = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    Text::of(bytes).is_ok_and(|it| it.text.lines().all(is_blank))
}
