//! Imports stand at the top and name what they bring.

use crate::tidy::{Fault, Sources, rust_text::RustText};

pub(super) fn check(sources: &Sources) -> Vec<Fault> {
    sources.rust().flat_map(|(path, text)| faults(path, text)).collect()
}

fn faults(path: &str, text: &RustText) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut blocks = Blocks::default();
    let mut import = String::new();
    for (number, line) in text.lines() {
        if import.is_empty() && is_import(line) && blocks.is_in_function() {
            faults.push(Fault::new(path, number, "a `use` inside a function; move it to the top"));
        }
        if is_import(line) || !import.is_empty() {
            import.push_str(line.trim());
            if is_glob(&import) && !is_own_test(&import, text, number) {
                faults.push(Fault::new(path, number, "a glob import; name what is used"));
                import.clear();
            }
            if line.contains(';') {
                import.clear();
            }
        } else {
            blocks.read(line);
        }
    }
    faults
}

fn is_glob(import: &str) -> bool {
    ["::*", "{*", ", *"].iter().any(|it| import.contains(it))
}

/// Tests may take all of the module that they test.
fn is_own_test(import: &str, text: &RustText, number: usize) -> bool {
    import.trim() == "use super::*;" && number > text.n_lines_without_tests
}

fn is_import(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix("pub").map_or(line, |it| it.trim_start_matches(|c| c != ' '));
    line.trim_start().starts_with("use ")
}

/// The braces that are open.
#[derive(Default)]
struct Blocks {
    are_functions: Vec<bool>,
    /// The code since the last brace or semicolon.
    head: String,
}

impl Blocks {
    fn read(&mut self, line: &str) {
        for it in line.chars() {
            match it {
                '{' => {
                    let is_function =
                        self.head.split(|c: char| !c.is_alphanumeric()).any(|it| it == "fn");
                    self.are_functions.push(is_function);
                }
                '}' => {
                    self.are_functions.pop();
                }
                ';' => (),
                other => {
                    self.head.push(other);
                    continue;
                }
            }
            self.head.clear();
        }
        self.head.push(' ');
    }

    fn is_in_function(&self) -> bool {
        self.are_functions.contains(&true)
    }
}

#[cfg(test)]
mod tests {
    use super::faults;
    use crate::tidy::rust_text::RustText;

    fn check(text: &str, lines: &[usize]) {
        let got: Vec<_> = faults("x.rs", &RustText::of(text)).iter().map(|it| it.line).collect();
        assert_eq!(got, lines, "{text}");
    }

    #[test]
    fn globs_are_faults_wherever_they_stand() {
        check("use std::fs;\n", &[]);
        check("use std::*;\n", &[1]);
        check("pub(crate) use crate::words::*;\n", &[1]);
        check("use std::{\n    fs::{self, File},\n    io::*,\n};\n", &[3]);
        check("use a::{*};\n", &[1]);
        check("// use std::*;\nlet a = 2 * 3;\n", &[]);
        check("mod tests {\n    use super::*;\n}\n", &[2]);
        check("#[cfg(test)]\nmod tests {\n    use super::*;\n}\n", &[]);
        check("#[cfg(test)]\nmod tests {\n    use proptest::prelude::*;\n}\n", &[3]);
    }

    #[test]
    fn imports_inside_functions_are_faults() {
        check("fn a() {\n    use std::fs;\n}\n", &[2]);
        check(
            "pub fn a(\n    b: &str,\n) -> C {\n    if b {\n        use std::fs;\n    }\n}\n",
            &[5],
        );
        check("mod tests {\n    use std::fs;\n    fn a() {}\n    use std::io;\n}\n", &[]);
        check("fn a() { \"{\" }\nuse std::fs;\n", &[]);
        check("const A: fn() = b;\nmod c {\n    use std::fs;\n}\n", &[]);
    }
}
