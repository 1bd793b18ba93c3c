//! A release on this machine: archives, the pins of an action that names them, and a server.

use std::{
    collections::BTreeMap,
    env,
    ffi::OsString,
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, Mutex},
    thread,
};

use crate::binary::{clean, workspace};

/// The version that tests release.
pub(crate) const VERSION: &str = "1.4.0";

/// What the server says to one path.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// These bytes.
    Bytes(Vec<u8>),
    /// These bytes, though more were promised.
    BrokenOff(Vec<u8>),
    /// Look there.
    Elsewhere(String),
}

/// One entry of an archive.
pub(crate) struct Member<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: u8,
    pub(crate) link: &'a str,
    pub(crate) text: &'a str,
}

impl<'a> Member<'a> {
    /// A file.
    pub(crate) fn file(name: &'a str, text: &'a str) -> Self {
        Self { name, kind: b'0', link: "", text }
    }

    /// A symbolic link (`2`) or a hard one (`1`).
    pub(crate) fn link(name: &'a str, kind: u8, link: &'a str) -> Self {
        Self { name, kind, link, text: "" }
    }
}

/// An archive as `tar` would write it, but with whatever members are asked for.
pub(crate) fn tar_gz(members: &[Member<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for it in members {
        let mut header = [0_u8; 512];
        let size = format!("{:011o}\0", it.text.len());
        let fields: [(usize, &[u8]); 8] = [
            (0, it.name.as_bytes()),
            (100, b"0000755\0"),
            (108, b"0000000\0"),
            (116, b"0000000\0"),
            (124, size.as_bytes()),
            (136, b"00000000000\0"),
            (148, b"        "),
            (156, &[it.kind]),
        ];
        for (at, field) in fields.into_iter().chain([(157, it.link.as_bytes())]) {
            header[at..at + field.len()].copy_from_slice(field);
        }
        let sum: u32 = header.iter().map(|it| u32::from(*it)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        bytes.extend(header);
        bytes.extend(it.text.as_bytes());
        bytes.resize(bytes.len().next_multiple_of(512), 0);
    }
    bytes.resize(bytes.len() + 1024, 0);
    gzipped(&bytes)
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = clean("gzip", &workspace());
    gzip.args(["-n", "-c"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = gzip.spawn().expect("gzip runs");
    let mut stdin = child.stdin.take().expect("it has an input");
    let bytes = bytes.to_vec();
    let writer = thread::spawn(move || stdin.write_all(&bytes).expect("gzip reads"));
    let output = child.wait_with_output().expect("gzip ends");
    writer.join().expect("all was read");
    output.stdout
}

/// The same for Windows, by Python; nothing if there is none.
pub(crate) fn zip(members: &[Member<'_>]) -> Option<Vec<u8>> {
    const SCRIPT: &str = "import sys, zipfile\n\
        out = zipfile.ZipFile(sys.argv[1], 'w')\n\
        for name, kind, text in zip(*[iter(sys.argv[2:])] * 3):\n\
        \x20   info = zipfile.ZipInfo(name)\n\
        \x20   info.create_system = 3\n\
        \x20   info.external_attr = ((0o120777 if kind == 'link' else 0o100755) << 16)\n\
        \x20   out.writestr(info, text)\n\
        out.close()\n";
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.zip");
    let mut command = clean("python3", &workspace());
    command.args(["-I", "-c", SCRIPT]).arg(&file);
    for it in members {
        let (kind, text) = if it.kind == b'2' { ("link", it.link) } else { ("file", it.text) };
        command.args([it.name, kind, text]);
    }
    command.status().ok().filter(std::process::ExitStatus::success)?;
    fs::read(file).ok()
}

/// The digest of these bytes, as text.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    fs::write(file.path(), bytes).expect("a file");
    let output = clean("sha256sum", &workspace()).arg(file.path()).output().expect("a digest");
    String::from_utf8_lossy(&output.stdout).chars().take(64).collect()
}

/// The name of the asset for the machine that [`pretend`] shows.
pub(crate) fn asset() -> String {
    format!("checks-{VERSION}-x86_64-unknown-linux-musl.tar.gz")
}

/// A folder of programs in which this machine is a Linux on x86-64, wherever tests run.
pub(crate) fn pretend(folder: &Path) {
    let script = "#!/bin/sh\ncase \"$1\" in -s) echo Linux ;; -m) echo x86_64 ;; esac\n";
    program(&folder.join("uname"), script);
}

/// `PATH` with this folder first.
pub(crate) fn path_with(folder: &Path) -> OsString {
    let path = env::var_os("PATH").expect("there is a PATH");
    let folders = std::iter::once(folder.to_owned()).chain(env::split_paths(&path));
    env::join_paths(folders).expect("folders without colons")
}

/// Writes a script that can be run.
pub(crate) fn program(path: &Path, script: &str) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
    fs::write(path, script).expect("a script");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("rights");
}

/// A copy of our actions that pins this digest and no other.
pub(crate) fn pinned_actions(folder: &Path, digest: &str) -> PathBuf {
    let copy = |from: &str| {
        let target = folder.join(from);
        fs::create_dir_all(target.parent().expect("a file lies in a folder")).expect("a folder");
        fs::copy(workspace().join(from), target).expect("a copy");
    };
    for name in ["checks", "route-audit", "contract-gate", "sdk-sync", "setup"] {
        copy(&format!("actions/{name}/action.yml"));
    }
    ["action.yml", "actions/run.sh", "actions/setup/install.sh"].into_iter().for_each(copy);
    let setup = folder.join("actions/setup");
    fs::write(setup.join("VERSION"), format!("{VERSION}\n")).expect("a version");
    let line = format!("{digest}  {}\n", asset());
    fs::write(setup.join("checksums.txt"), line).expect("checksums");
    setup
}

/// A server of files on this machine; it ends with the test.
pub(crate) struct Server {
    port: u16,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves these paths; all others are not found.
    pub(crate) fn start(replies: BTreeMap<String, Reply>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("a bound port").port();
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                drop(answer(stream, &replies, &log));
            }
        });
        Self { port, seen }
    }

    /// Serves the one asset of a release.
    pub(crate) fn of_release(reply: Reply) -> Self {
        Self::start(BTreeMap::from([(format!("/v{VERSION}/{}", asset()), reply)]))
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// How many requests came.
    pub(crate) fn n_requests(&self) -> usize {
        self.seen.lock().expect("nobody panics with it").len()
    }
}

fn answer(
    mut stream: TcpStream,
    replies: &BTreeMap<String, Reply>,
    seen: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    lines.by_ref().take_while(|it| !it.is_empty()).for_each(drop);
    seen.lock().expect("nobody panics with it").push(path.clone());
    let head = |status: &str, more: &str, length: usize| {
        format!("HTTP/1.1 {status}\r\n{more}Content-Length: {length}\r\nConnection: close\r\n\r\n")
    };
    match replies.get(&path) {
        Some(Reply::Bytes(bytes)) => {
            stream.write_all(head("200 OK", "", bytes.len()).as_bytes())?;
            stream.write_all(bytes)
        }
        Some(Reply::BrokenOff(bytes)) => {
            stream.write_all(head("200 OK", "", bytes.len() * 2).as_bytes())?;
            stream.write_all(bytes)
        }
        Some(Reply::Elsewhere(url)) => {
            stream.write_all(head("302 Found", &format!("Location: {url}\r\n"), 0).as_bytes())
        }
        None => stream.write_all(head("404 Not Found", "", 0).as_bytes()),
    }
}
