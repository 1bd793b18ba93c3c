//! Runs programs in turn and says what they cost: wall, CPU, memory.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::tree::{self, Tree};

const SCRIPT: &str = include_str!("stopwatch.py");

/// A program to measure.
pub(crate) struct Program {
    name: String,
    words: Vec<String>,
    folder: PathBuf,
    forget: Vec<PathBuf>,
    codes: &'static [i32],
}

/// What the runs of one program cost.
#[derive(Debug)]
pub(crate) struct Cost {
    /// How the program is called in the table.
    pub(crate) name: String,
    wall: Vec<f64>,
    cpu: Vec<f64>,
    peak: Vec<f64>,
}

/// A number of a run, in the words of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value {
    /// The smallest of all rounds.
    pub(crate) best: f64,
    /// The one in the middle.
    pub(crate) median: f64,
}

impl Program {
    /// A program that ends with 0.
    pub(crate) fn new(name: &str, program: impl AsRef<Path>, arguments: &[&str]) -> Self {
        let first = program.as_ref().to_string_lossy().into_owned();
        let rest = arguments.iter().map(ToString::to_string);
        Self {
            name: name.to_owned(),
            words: std::iter::once(first).chain(rest).collect(),
            folder: PathBuf::from("."),
            forget: Vec::new(),
            codes: &[0],
        }
    }

    /// Where it runs.
    pub(crate) fn in_folder(mut self, folder: &Path) -> Self {
        folder.clone_into(&mut self.folder);
        self
    }

    /// Removes this folder before each run.
    pub(crate) fn forgetting(mut self, folder: PathBuf) -> Self {
        self.forget.push(folder);
        self
    }

    /// The exit codes that are an answer.
    pub(crate) fn ending_with(mut self, codes: &'static [i32]) -> Self {
        self.codes = codes;
        self
    }
}

/// Runs all programs in turn, so many rounds; a round before the first one warms the files.
pub(crate) fn measure(tree: &Tree, rounds: usize, programs: &[Program]) -> Result<Vec<Cost>> {
    let words = programs
        .iter()
        .map(|it| json!({"words": it.words, "folder": it.folder, "forget": it.forget}));
    let task = json!({"rounds": rounds + 1, "programs": words.collect::<Vec<_>>()});
    let mut command = tree.command(python(tree)?);
    command.args(["-I", "-S", "-c", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().context("cannot start the stopwatch")?;
    child
        .stdin
        .take()
        .context("it has a standard input")?
        .write_all(task.to_string().as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("the stopwatch ended with {}", output.status);
    }
    let runs: Vec<Vec<[f64; 4]>> = serde_json::from_slice(&output.stdout)?;
    programs.iter().zip(runs).map(|(program, runs)| cost(program, &runs)).collect()
}

/// The program behind `python3`: it may be a script that looks for it first.
pub(crate) fn python(tree: &Tree) -> Result<String> {
    let say = ["-I", "-S", "-c", "import sys; print(sys.executable)"];
    Ok(tree::answer(tree.command("python3").args(say))?.trim().to_owned())
}

#[expect(clippy::cast_possible_truncation, reason = "exit codes are small whole numbers")]
fn cost(program: &Program, runs: &[[f64; 4]]) -> Result<Cost> {
    if let Some([.., code]) = runs.iter().find(|it| !program.codes.contains(&(it[3] as i32))) {
        bail!("`{}` ended with {code}: {}", program.name, program.words.join(" "));
    }
    let warm = runs.get(1..).unwrap_or_default();
    Ok(Cost {
        name: program.name.clone(),
        wall: warm.iter().map(|it| it[0] * 1000.0).collect(),
        cpu: warm.iter().map(|it| it[1] * 1000.0).collect(),
        peak: warm.iter().map(|it| it[2] / 1024.0).collect(),
    })
}

impl Cost {
    /// Milliseconds from start to end.
    pub(crate) fn wall(&self) -> Value {
        Value::of(&self.wall)
    }

    /// Milliseconds of all threads together.
    pub(crate) fn cpu(&self) -> Value {
        Value::of(&self.cpu)
    }

    /// MiB of memory at the peak.
    pub(crate) fn peak(&self) -> Value {
        Value::of(&self.peak)
    }
}

impl Value {
    /// The numbers of all rounds, in two.
    pub(crate) fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |idx: usize| sorted.get(idx).copied().unwrap_or(f64::NAN);
        Self { best: at(0), median: at(sorted.len() / 2) }
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn best_is_the_smallest_and_the_median_the_middle() {
        let value = Value::of(&[3.0, 1.0, 2.0]);
        assert!((value.best - 1.0).abs() < f64::EPSILON);
        assert!((value.median - 2.0).abs() < f64::EPSILON);
    }
}
