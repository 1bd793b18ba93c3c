use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::disk;

/// The second line of every hook that is ours.
const MARKER: &str = "# Installed by `checks hook install`; `checks hook uninstall` removes it.";
/// Where a foreign hook goes under `--force`.
const BEFORE: &str = "pre-push.before-proofmark";

/// The folder that git looks for hooks in.
#[derive(Debug, Clone)]
pub struct HooksFolder {
    path: PathBuf,
}

/// What lies where the hook belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HookState {
    /// Nothing.
    Absent,
    /// Our hook.
    Ours,
    /// Somebody else's hook.
    Foreign,
}

/// What an installation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The hook.
    pub path: PathBuf,
    /// A foreign hook is kept and run first.
    pub is_chained: bool,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum HookError {
    /// A hook of somebody else is there.
    #[error("`{}` is another tool's hook and stays as it is; add this line to it, or use `--force` to run it first:\n  checks hook run pre-push \"$@\" || exit 1", .0.display())]
    Foreign(PathBuf),
    /// The system refuses.
    #[error("cannot change `{}`", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
}

impl HooksFolder {
    /// The folder at this path, which need not exist yet.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        Self { path }
    }

    fn hook(&self) -> PathBuf {
        self.path.join("pre-push")
    }

    /// What lies there now.
    #[must_use]
    pub fn state(&self) -> HookState {
        match fs::read(self.hook()) {
            Ok(bytes) if is_ours(&bytes) => HookState::Ours,
            Ok(_) => HookState::Foreign,
            Err(_) if self.hook().symlink_metadata().is_ok() => HookState::Foreign,
            Err(_) => HookState::Absent,
        }
    }

    /// Writes the hook; a foreign one is kept and chained, and only if `is_forced`.
    pub fn install(&self, binary: &Path, is_forced: bool) -> Result<Installed, HookError> {
        let hook = self.hook();
        let io = |source| HookError::Io { path: hook.clone(), source };
        let before = self.path.join(BEFORE);
        match self.state() {
            HookState::Foreign if !is_forced => return Err(HookError::Foreign(hook)),
            HookState::Foreign => fs::rename(&hook, &before).map_err(io)?,
            HookState::Ours | HookState::Absent => (),
        }
        let is_chained = before.is_file();
        disk::replace_program(&hook, script(binary, is_chained).as_bytes()).map_err(io)?;
        Ok(Installed { path: hook, is_chained })
    }

    /// Removes our hook and puts a chained one back; false if there was none of ours.
    pub fn uninstall(&self) -> Result<bool, HookError> {
        let hook = self.hook();
        let io = |source| HookError::Io { path: hook.clone(), source };
        if self.state() != HookState::Ours {
            return Ok(false);
        }
        fs::remove_file(&hook).map_err(io)?;
        let before = self.path.join(BEFORE);
        if before.is_file() {
            fs::rename(&before, &hook).map_err(io)?;
        }
        Ok(true)
    }
}

fn is_ours(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(bytes).lines().any(|it| it == MARKER)
}

/// A POSIX script; a missing binary lets the push go on with one line.
fn script(binary: &Path, is_chained: bool) -> String {
    let binary = quoted(&binary.to_string_lossy());
    let find = format!(
        "checks={binary}; [ -x \"$checks\" ] || checks=$(command -v checks) || \
         {{ echo 'checks is not here: the push was not judged' >&2; exit 0; }}"
    );
    let run = "exec \"$checks\" hook run pre-push \"$@\"";
    if !is_chained {
        return format!("#!/bin/sh\n{MARKER}\n{find}\n{run}\n");
    }
    // Both hooks read what git says of the push, so it is kept.
    format!(
        "#!/bin/sh\n{MARKER}\npushes=$(cat)\n\
         printf '%s\\n' \"$pushes\" | \"$(dirname \"$0\")/{BEFORE}\" \"$@\" || exit\n\
         {find}\nprintf '%s\\n' \"$pushes\" | {run}\n"
    )
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, HooksFolder) {
        let folder = tempfile::tempdir().unwrap();
        let hooks = HooksFolder::at(folder.path().join("it's hooks"));
        (folder, hooks)
    }

    #[test]
    fn installing_twice_is_installing_once() {
        let (_folder, hooks) = folder();
        assert_eq!(hooks.state(), HookState::Absent);
        hooks.install(Path::new("/opt/it's/checks"), false).unwrap();
        let text = fs::read_to_string(hooks.hook()).unwrap();
        hooks.install(Path::new("/opt/it's/checks"), false).unwrap();
        assert_eq!(fs::read_to_string(hooks.hook()).unwrap(), text);
        assert!(text.contains(r"checks='/opt/it'\''s/checks'"), "{text}");
        assert_eq!(hooks.state(), HookState::Ours);
        assert!(hooks.uninstall().unwrap());
        assert_eq!(hooks.state(), HookState::Absent);
        assert!(!hooks.uninstall().unwrap());
    }

    #[test]
    fn a_foreign_hook_is_never_lost() {
        let (_folder, hooks) = folder();
        fs::create_dir_all(&hooks.path).unwrap();
        fs::write(hooks.hook(), "#!/bin/sh\necho mine\n").unwrap();
        assert!(matches!(hooks.install(Path::new("c"), false), Err(HookError::Foreign(_))));
        assert!(hooks.install(Path::new("c"), true).unwrap().is_chained);
        assert!(hooks.install(Path::new("c"), true).unwrap().is_chained, "a second time too");
        assert!(fs::read_to_string(hooks.hook()).unwrap().contains(BEFORE));
        assert!(hooks.uninstall().unwrap());
        assert_eq!(fs::read_to_string(hooks.hook()).unwrap(), "#!/bin/sh\necho mine\n");
    }
}
