//! What the compiler says in its plain form: `src/a.ts(3,7): error TS2339: …`.

use std::collections::BTreeSet;

/// One error at one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Diagnostic {
    /// The file as the compiler names it, relative to where it ran.
    pub(crate) path: String,
    /// Line, from 1.
    pub(crate) line: usize,
    /// Column, from 1, in units of UTF-16.
    pub(crate) column: usize,
    /// `TS2339`.
    pub(crate) code: String,
    /// What is wrong, without its explanation.
    pub(crate) message: String,
    /// The explanation, one reason a line.
    pub(crate) because: String,
}

/// What one run of the compiler said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// Errors at places, in order.
    pub(crate) errors: Vec<Diagnostic>,
    /// Errors that no file has.
    pub(crate) global: Vec<String>,
    /// The files that were compiled.
    pub(crate) files: BTreeSet<String>,
}

impl Said {
    /// Reads what was printed with `--pretty false --listFiles`.
    pub(crate) fn read(text: &str) -> Self {
        let mut said = Self::default();
        for line in text.lines() {
            if let Some(found) = diagnostic(line) {
                said.errors.push(found);
            } else if line.starts_with("error TS") {
                said.global.push(line.to_owned());
            } else if line.starts_with(' ') {
                said.explain(line);
            } else if !line.is_empty() {
                said.files.insert(line.replace('\\', "/"));
            }
        }
        said
    }

    /// Adds a reason to the last error.
    fn explain(&mut self, line: &str) {
        let Some(last) = self.errors.last_mut() else { return };
        last.because.push_str(line.trim_end());
        last.because.push('\n');
    }

    /// The places of all errors.
    pub(crate) fn places(&self) -> BTreeSet<(&str, usize, usize, &str)> {
        let place = |it: &'_ Diagnostic| (it.line, it.column);
        self.errors
            .iter()
            .map(|it| (it.path.as_str(), place(it).0, place(it).1, it.code.as_str()))
            .collect()
    }
}

fn diagnostic(line: &str) -> Option<Diagnostic> {
    if line.starts_with(' ') {
        return None;
    }
    let (place, told) = line.split_once("): error TS")?;
    let (path, position) = place.rsplit_once('(')?;
    let (line, column) = position.split_once(',')?;
    let (code, message) = told.split_once(": ")?;
    Some(Diagnostic {
        path: path.replace('\\', "/"),
        line: line.parse().ok()?,
        column: column.parse().ok()?,
        code: format!("TS{code}"),
        message: message.to_owned(),
        because: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_output_is_read() {
        let said = Said::read(
            "error TS2688: Cannot find type definition file for 'node'.\n\
             src/a(1).ts(3,7): error TS2322: Type 'number' is not assignable to type 'x(2,3): error TS1: '.\n\
             \u{20} The types of 'a' differ.\n    Type 'number'.\n\
             src/b.ts(1,1): error TS2307: Cannot find module './c'.\n\
             /tmp/x/src/a(1).ts\n/tmp/x/src/b.ts\n",
        );
        assert_eq!(said.global.len(), 1);
        assert_eq!(said.files.len(), 2);
        let places: Vec<_> = said.places().into_iter().collect();
        assert_eq!(places, [("src/a(1).ts", 3, 7, "TS2322"), ("src/b.ts", 1, 1, "TS2307")]);
        assert!(said.errors[0].because.contains("Type 'number'"), "{said:?}");
    }
}
