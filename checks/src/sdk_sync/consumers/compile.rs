//! One run of a compiler that may not take forever.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _},
    path::Path,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::sdk_sync::consumers::compiler::{Compiler, REMEDY};

/// How often one looks whether the compiler is done.
const LOOK: Duration = Duration::from_millis(15);

/// What a compiler prints in a folder, with the paths of the folder taken out.
pub(crate) fn print_of(
    compiler: &Compiler,
    folder: &Path,
    words: &[&str],
    limit: Duration,
) -> Result<String, String> {
    let version = &compiler.version;
    let broken = |err: io::Error| {
        if compiler.needs_node() && err.kind() == io::ErrorKind::NotFound {
            return format!("`node` is not on the path, and TypeScript {version} needs it");
        }
        format!("TypeScript {version} does not start: {err}")
    };
    let mut out = tempfile::tempfile().map_err(broken)?;
    let mut command = compiler.command();
    command.args(words).current_dir(folder).stdin(Stdio::null()).stderr(Stdio::null());
    command.stdout(out.try_clone().map_err(broken)?);
    let mut child = command.spawn().map_err(broken)?;
    if !ends_within(&mut child, limit).map_err(broken)? {
        return Err(format!(
            "TypeScript {version} took more than {} seconds; raise `consumer-seconds` of `[gates.sdk-sync]`",
            limit.as_secs()
        ));
    }
    let text = text_of(&mut out).map_err(broken)?;
    let prefix = folder.display().to_string();
    Ok(text.replace(&format!("{prefix}{}", std::path::MAIN_SEPARATOR), "").replace(&prefix, "."))
}

/// Does the program end by itself? If not, it is ended.
fn ends_within(child: &mut Child, limit: Duration) -> io::Result<bool> {
    let start = Instant::now();
    while child.try_wait()?.is_none() {
        if start.elapsed() >= limit {
            // It may have ended just now; then there is nothing to end.
            drop(child.kill());
            child.wait()?;
            return Ok(false);
        }
        thread::sleep(LOOK);
    }
    Ok(true)
}

fn text_of(out: &mut File) -> io::Result<String> {
    out.rewind()?;
    let mut bytes = Vec::new();
    out.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The sentence about a compiler that ran and did not look.
pub(crate) fn not_compiled(compiler: &Compiler, first: Option<&str>) -> String {
    let version = &compiler.version;
    match first {
        Some(first) => format!("TypeScript {version} stopped before it looked at types: {first}"),
        None => format!("TypeScript {version} ended without an answer; {REMEDY}"),
    }
}
