//! Writes the SDK of one contract into an empty folder: `generate CONTRACT FOLDER`.
//!
//! For the harness below `tests/`; users have `checks sdk generate`.

use std::{error::Error, fs, io::Write as _, path::Path, sync::Arc};

use contracts::{Files, Formats, Limits, Store};
use kernel::{Digest, RepoPath};
use sdk_gen::{Emit, Options};

struct Folder<'a>(&'a Path);

impl Files for Folder<'_> {
    fn read(&self, path: &RepoPath) -> Result<Arc<[u8]>, String> {
        let bytes = fs::read(self.0.join(path.as_str())).map_err(|it| it.to_string())?;
        Ok(bytes.into())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(contract), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: generate CONTRACT FOLDER".into());
    };
    let (contract, out) = (Path::new(&contract), Path::new(&out));
    let folder = contract.parent().unwrap_or(Path::new("."));
    let name = contract.file_name().and_then(|it| it.to_str()).ok_or("no file name")?;
    let mut store = Store::new();
    let limits = Limits::default();
    let path = RepoPath::new(name)?;
    let (read, _) = contracts::read(&mut store, &path, &Folder(folder), &limits)?;
    let service = name.split('.').next().unwrap_or(name).to_owned();
    let options = Options {
        package: format!("{service}-sdk"),
        service,
        formats: Formats::Numeric,
        emit: Emit::SourceAndScript,
        contract_path: name.to_owned(),
        contract_digest: Digest::of(&fs::read(contract)?),
        generator: "checks 0.0.0".to_owned(),
    };
    let plan = sdk_gen::generate(&store, &read, &options);
    for (path, text) in plan.files.iter() {
        let path = out.join(path);
        fs::create_dir_all(path.parent().unwrap_or(out))?;
        fs::write(path, text.read().as_bytes())?;
    }
    for note in &plan.notes {
        let code = note.code.word();
        writeln(&format!("{code}: {}#{}: {}", note.path, note.pointer, note.message))?;
    }
    Ok(())
}

fn writeln(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stderr(), "{line}")
}
