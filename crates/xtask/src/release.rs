//! Archives of a release, the pins that name them, and a rehearsal on this machine.

use std::{
    env, fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use kernel::Digest;

use crate::tree::{self, Tree};

const PACK: &str = include_str!("release/pack.py");

/// What a release is built for; `actions/setup/install.sh` asks for one of these.
const TRIPLES: &[&str] = &[
    "aarch64-apple-darwin",
    "aarch64-pc-windows-msvc",
    "aarch64-unknown-linux-musl",
    "x86_64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "x86_64-unknown-linux-musl",
];

/// The files that lie beside the program.
const BESIDE: &[&str] = &["LICENSE-APACHE", "LICENSE-MIT"];

/// One part of a release, as the workflow runs it.
#[derive(Subcommand)]
pub(crate) enum Part {
    /// Pack one program.
    Pack {
        /// What it was built for.
        #[arg(long, value_name = "TRIPLE")]
        target: String,
        /// The program.
        #[arg(long, value_name = "FILE")]
        binary: PathBuf,
        /// Where the archive goes.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Write `VERSION` and `checksums.txt` of the action from all six archives.
    Pin {
        /// Where the archives lie.
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
    },
}

/// Runs one part.
pub(crate) fn run(tree: &Tree, part: &Part) -> Result<bool> {
    match part {
        Part::Pack { target, binary, out } => {
            if !TRIPLES.contains(&target.as_str()) {
                bail!("`{target}` is none of {}", TRIPLES.join(", "));
            }
            println!("{}", pack(tree, target, binary, out)?.display());
        }
        Part::Pin { from } => {
            let setup = tree.root.join("actions/setup");
            write_pins(&setup, from, TRIPLES)?;
            println!("read what changed like code: `git diff actions/setup`");
        }
    }
    Ok(true)
}

/// Makes the archive of this machine twice, and lets the installer take exactly these bytes.
pub(crate) fn rehearse(tree: &Tree, binary: Option<&Path>) -> Result<bool> {
    let binary = match binary {
        Some(binary) => binary.to_owned(),
        None => built(tree)?,
    };
    let top = tree.target.join("release-dry-run");
    if top.exists() {
        fs::remove_dir_all(&top)?;
    }
    let triple = triple_here()?;
    let first = pack(tree, &triple, &binary, &top.join("first"))?;
    let second = pack(tree, &triple, &binary, &top.join("second"))?;
    let bytes = fs::read(&first)?;
    if bytes != fs::read(&second)? {
        bail!("two archives of one program differ");
    }
    let n_binary = fs::metadata(&binary)?.len();
    println!("  two equal archives: {}", Digest::of(&bytes));
    println!(
        "  program {n_binary} bytes (at most 12 MB), archive {} bytes (at most 5 MB)",
        bytes.len()
    );
    pinned_actions(tree, &top.join("action"), &top.join("first"))?;
    let good = install(tree, &top, bytes.clone())?;
    if !good.is_success {
        bail!("the installer refuses what was just made:\n{}", good.text);
    }
    println!("  the installer takes it");
    let mut flipped = bytes;
    if let Some(byte) = flipped.last_mut() {
        *byte ^= 1;
    }
    let bad = install(tree, &top, flipped)?;
    if bad.code != Some(2) || !bad.text.contains("::error title=proofmark integrity::") {
        bail!("the installer does not refuse another archive:\n{}", bad.text);
    }
    println!("  the installer refuses it with one bit changed");
    Ok(true)
}

fn built(tree: &Tree) -> Result<PathBuf> {
    let build = ["build", "--quiet", "--locked", "--release", "--package", "checks"];
    tree::answer(&mut tree.cargo(&build))?;
    Ok(tree.target.join("release").join(format!("checks{}", env::consts::EXE_SUFFIX)))
}

/// The triple that the installer asks for on this machine: on Linux, a program without a libc.
pub(crate) fn triple_here() -> Result<String> {
    let system = match env::consts::OS {
        "linux" => "unknown-linux-musl",
        "macos" => "apple-darwin",
        "windows" => "pc-windows-msvc",
        other => bail!("nothing is released for {other}"),
    };
    Ok(format!("{}-{system}", env::consts::ARCH))
}

fn asset(triple: &str) -> String {
    let form = if triple.contains("windows") { "zip" } else { "tar.gz" };
    format!("checks-{}-{triple}.{form}", env!("CARGO_PKG_VERSION"))
}

pub(crate) fn pack(tree: &Tree, triple: &str, binary: &Path, out: &Path) -> Result<PathBuf> {
    fs::create_dir_all(out).with_context(|| format!("cannot make `{}`", out.display()))?;
    let archive = out.join(asset(triple));
    let mut command = tree.command("python3");
    command.args(["-I", "-c", PACK]).arg(&archive).arg(fs::canonicalize(binary)?).args(BESIDE);
    tree::answer(&mut command)?;
    Ok(archive)
}

/// One line an asset, sorted by name; all of them have to be there.
fn write_pins(setup: &Path, archives: &Path, triples: &[&str]) -> Result<()> {
    let mut lines = String::new();
    for triple in triples {
        let name = asset(triple);
        let bytes = fs::read(archives.join(&name)).with_context(|| format!("no `{name}`"))?;
        lines.push_str(&format!("{}  {name}\n", Digest::of(&bytes)));
    }
    fs::write(setup.join("VERSION"), concat!(env!("CARGO_PKG_VERSION"), "\n"))?;
    Ok(fs::write(setup.join("checksums.txt"), lines)?)
}

/// A copy of our actions that pins the archive of this machine in a folder.
pub(crate) fn pinned_actions(tree: &Tree, copy: &Path, archives: &Path) -> Result<()> {
    let ours = |it: &String| it == "action.yml" || it.starts_with("actions/");
    for path in tree.files()?.iter().filter(|it| ours(it)) {
        let target = copy.join(path);
        fs::create_dir_all(target.parent().context("a file lies in a folder")?)?;
        fs::copy(tree.root.join(path), target)?;
    }
    write_pins(&copy.join("actions/setup"), archives, &[&triple_here()?])
}

/// The address of a server on this machine that has these bytes, whatever it is asked for.
pub(crate) fn served(bytes: Vec<u8>) -> Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let base = format!("http://{}", listener.local_addr()?);
    // It ends with this process.
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            drop(serve(stream, &bytes));
        }
    });
    Ok(base)
}

/// Runs the installer against a server that has these bytes.
fn install(tree: &Tree, top: &Path, bytes: Vec<u8>) -> Result<tree::Output> {
    let base = served(bytes)?;
    for name in ["temp", "cache"] {
        let folder = top.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(folder)?;
    }
    let mut command = tree.command("bash");
    command.arg(top.join("action/actions/setup/install.sh"));
    command.env("PROOFMARK_RELEASE_BASE", base).env("RUNNER_TEMP", top.join("temp"));
    command.env("RUNNER_TOOL_CACHE", top.join("cache"));
    for name in ["GITHUB_OUTPUT", "GITHUB_PATH", "IN_BINARY", "IN_FALLBACK"] {
        command.env_remove(name);
    }
    tree::run(&mut command)
}

fn serve(mut stream: TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    let lines = BufReader::new(stream.try_clone()?).lines().map_while(Result::ok);
    lines.take_while(|it| !it.is_empty()).for_each(drop);
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    )?;
    stream.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, format!("#!/bin/sh\necho checks {}\n", env!("CARGO_PKG_VERSION")))
            .unwrap();
        path
    }

    #[test]
    fn an_archive_is_made_twice_with_equal_bytes() {
        let tree = Tree::find().unwrap();
        let folder = tempfile::tempdir().unwrap();
        for triple in TRIPLES {
            let is_windows = triple.contains("windows");
            let name = if is_windows { "a.exe" } else { "a" };
            let binary = program(folder.path(), name);
            let first = pack(&tree, triple, &binary, &folder.path().join("1")).unwrap();
            let second = pack(&tree, triple, &binary, &folder.path().join("2")).unwrap();
            assert_eq!(fs::read(&first).unwrap(), fs::read(second).unwrap(), "{triple}");
        }
        write_pins(folder.path(), &folder.path().join("1"), TRIPLES).unwrap();
        let pins = fs::read_to_string(folder.path().join("checksums.txt")).unwrap();
        assert_eq!(pins.lines().count(), TRIPLES.len());
        fs::remove_file(folder.path().join("1").join(asset(TRIPLES[0]))).unwrap();
        assert!(write_pins(folder.path(), &folder.path().join("1"), TRIPLES).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn the_installer_takes_what_is_packed_and_nothing_else() {
        let mut tree = Tree::find().unwrap();
        let folder = tempfile::tempdir().unwrap();
        tree.target = folder.path().to_owned();
        let binary = program(folder.path(), "a");
        assert!(rehearse(&tree, Some(&binary)).unwrap());
        fs::write(&binary, "#!/bin/sh\necho checks 0.0.0\n").unwrap();
        assert!(rehearse(&tree, Some(&binary)).is_err(), "a program of another version");
    }
}
