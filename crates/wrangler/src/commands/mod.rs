//! Deploy commands in shell text: which of them set routes that no file declares.

/// One call of `wrangler deploy`, `publish` or `triggers deploy` that is no dry run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The words from `wrangler` on, with quotes taken off; assignments in front are not in it.
    pub argv: Vec<String>,
    /// The value of `WRANGLER_CI_OVERRIDE_NAME`, if the text sets it for this call.
    pub override_name: Option<String>,
    /// The byte of the text where the call starts.
    pub offset: usize,
    /// The line of that byte, counted from 0.
    pub line: usize,
    /// The folder `cd` went to before it, from where the text starts; none if it cannot be known.
    pub folder: Option<String>,
}

/// Something a deploy command sets beside the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutOfBand {
    /// `--route` or `--routes`, or `--domain` or `--domains`: a claim.
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
        /// The value as written.
        value: String,
    },
    /// `--config` names a file that only the run knows.
    UnknownConfig {
        /// The value as written.
        value: String,
    },
}
