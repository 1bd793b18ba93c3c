use crate::commands::{Command, OVERRIDE_NAME, arguments::Flag, folder::Meaning};

/// Something a deploy command sets beside the files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutOfBand {
    /// `--route`, `--routes`, `--domain` or `--domains`: a claim.
    Claim {
        /// The flag as written.
        flag: String,
    },
    /// `--name` or `WRANGLER_CI_OVERRIDE_NAME`: a script name.
    Name {
        /// The flag or variable as written.
        flag: String,
    },
    /// `--config` names a file that is not part of the audit.
    Config {
        /// The flag as written.
        flag: String,
        /// The path as written.
        path: String,
    },
    /// `--config` names a file that only the run knows: nobody can tell whether it is audited.
    UnknownConfig {
        /// The flag as written.
        flag: String,
        /// The path as written.
        path: String,
    },
}

/// What a command text does not say itself.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The folder the text starts in, from the root of the repository; none if nobody knows.
    pub folder: Option<&'a str>,
    /// What `WRANGLER_CI_OVERRIDE_NAME` is in the environment of the text, if anything.
    pub override_name: Option<&'a str>,
    /// Is this path one of the configurations of the audit?
    pub is_audited: &'a dyn Fn(&str) -> bool,
}

impl Command {
    /// What this command sets that no file declares, each kind and flag once, in order.
    #[must_use]
    pub fn out_of_band(&self, surroundings: &Surroundings<'_>) -> Vec<OutOfBand> {
        let ambient = surroundings.override_name.filter(|it| !it.is_empty());
        let overridden = self.override_name.is_some() || ambient.is_some();
        let name = overridden.then(|| OutOfBand::Name { flag: OVERRIDE_NAME.to_owned() });
        let flags = self.flags();
        let cwd = flags.iter().find(|it| it.name == "cwd");
        let facts = flags.iter().filter_map(|it| self.fact(it, cwd, surroundings));
        let mut found: Vec<OutOfBand> = Vec::new();
        for fact in name.into_iter().chain(facts) {
            if !found.contains(&fact) {
                found.push(fact);
            }
        }
        found
    }

    fn fact(
        &self,
        flag: &Flag<'_>,
        cwd: Option<&Flag<'_>>,
        surroundings: &Surroundings<'_>,
    ) -> Option<OutOfBand> {
        let written = flag.written.to_owned();
        match &*flag.name {
            "route" | "routes" | "domain" | "domains" => Some(OutOfBand::Claim { flag: written }),
            "name" => Some(OutOfBand::Name { flag: written }),
            "config" | "c" => {
                let path = flag.value?.to_owned();
                match self.config(flag, cwd, surroundings) {
                    Meaning::Inside(it) if (surroundings.is_audited)(&it) => None,
                    Meaning::Inside(_) | Meaning::Outside => {
                        Some(OutOfBand::Config { flag: written, path })
                    }
                    Meaning::Unknown => Some(OutOfBand::UnknownConfig { flag: written, path }),
                }
            }
            _ => None,
        }
    }

    fn config(
        &self,
        flag: &Flag<'_>,
        cwd: Option<&Flag<'_>>,
        surroundings: &Surroundings<'_>,
    ) -> Meaning {
        let cwd = cwd.and_then(|it| Some((it.value?, it.is_dynamic)));
        let folder = match cwd {
            Some((path, is_dynamic)) => self.folder().enter(path, is_dynamic),
            None => self.folder().clone(),
        };
        let path = flag.value.unwrap_or_default();
        folder.meaning(surroundings.folder, path, flag.is_dynamic)
    }
}
