//! Reads our own `action.yml` files: not YAML at large, but the form in which we write them.
//!
//! Whatever is not in this form is an error, so that nothing is left out of a page unseen.

use anyhow::{Context, Result, bail};

/// What users need to know of an action.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Action {
    /// Its title in the marketplace.
    pub(super) name: String,
    /// One sentence.
    pub(super) description: String,
    /// What goes in.
    pub(super) inputs: Vec<Field>,
    /// What comes out.
    pub(super) outputs: Vec<Field>,
}

/// One input or output.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// One sentence.
    pub(super) description: String,
    /// What holds if it is not given; outputs have none.
    pub(super) default: Option<String>,
    /// Must it be given?
    pub(super) is_required: bool,
}

impl Action {
    /// Reads the top of a file, up to `runs:`.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let mut action = Self::default();
        let mut section = String::new();
        for (idx, line) in text.lines().enumerate() {
            if line == "runs:" {
                return Ok(action);
            }
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            action
                .take(&mut section, line)
                .with_context(|| format!("line {}: `{line}`", idx + 1))?;
        }
        bail!("no line `runs:`")
    }

    fn take(&mut self, section: &mut String, line: &str) -> Result<()> {
        let depth = line.len() - line.trim_start().len();
        let (key, value) = line.trim().split_once(':').context("expected `key: value`")?;
        let value = plain(value.trim())?;
        match (depth, section.as_str(), key) {
            (0, _, "name") => self.name = value,
            (0, _, "description") => self.description = value,
            (0, _, "inputs" | "outputs") => key.clone_into(section),
            (0, _, "author" | "branding") => section.clear(),
            (2, "", "icon" | "color") => (),
            (2, "inputs", name) => {
                self.inputs.push(Field { name: name.into(), ..Field::default() });
            }
            (2, "outputs", name) => {
                self.outputs.push(Field { name: name.into(), ..Field::default() });
            }
            (4, "inputs", key) => set(self.inputs.last_mut(), key, value)?,
            (4, "outputs", key) => set(self.outputs.last_mut(), key, value)?,
            _ => bail!("not in the form of our actions"),
        }
        Ok(())
    }
}

fn set(field: Option<&mut Field>, key: &str, value: String) -> Result<()> {
    let field = field.context("a value without a name above it")?;
    match key {
        "description" => field.description = value,
        "default" => field.default = Some(value),
        "required" => field.is_required = value == "true",
        "value" => (),
        _ => bail!("unknown key `{key}`"),
    }
    Ok(())
}

/// A scalar on one line, without its quotes.
fn plain(value: &str) -> Result<String> {
    if value.starts_with(['|', '>', '[', '{', '&', '*', '!']) {
        bail!("write the text on one line");
    }
    let quoted = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let quoted = quoted.or_else(|| value.strip_prefix('\'').and_then(|it| it.strip_suffix('\'')));
    if quoted.is_none() && (value.contains(": ") || value.contains(" #")) {
        bail!("put the text into quotes: for YAML it is more than a text");
    }
    Ok(quoted.unwrap_or(value).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Action, Field};

    #[test]
    fn inputs_and_outputs_are_read() {
        let text = "\
# Comment.
name: A
description: \"Does: things.\"
inputs:
  root:
    description: The folder.
    required: false
    default: '.'
outputs:
  verdict:
    description: green or red
    value: ${{ steps.run.outputs.verdict }}
runs:
  anything: goes
";
        let action = Action::parse(text).unwrap();
        let (root, verdict) = (action.inputs.first().unwrap(), action.outputs.first().unwrap());
        assert_eq!(action.description, "Does: things.");
        let default = Some(".".into());
        let field = Field {
            name: "root".into(),
            description: "The folder.".into(),
            default,
            is_required: false,
        };
        assert_eq!(*root, field);
        assert_eq!(verdict.name, "verdict");
    }

    #[test]
    fn other_forms_are_refused() {
        let check = |text: &str| assert!(Action::parse(text).is_err(), "{text}");
        check("name: A\n");
        check("description: |\n  long\nruns:\n");
        check("description: needs a: b\nruns:\n");
        check("inputs:\n  root:\n      description: x\nruns:\n");
        check("inputs:\n  root:\n    deprecationMessage: x\nruns:\n");
        check("inputs:\n    description: x\nruns:\n");
    }
}
