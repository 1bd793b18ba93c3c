//! One line on stderr for whoever waits longer than a second.

use std::{
    io::{self, Write as _},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

/// How long a run may take in silence.
const PATIENCE: Duration = Duration::from_secs(1);

/// Tells that the run goes on, once, unless it ends first.
pub(crate) struct Progress {
    /// Dropping it is the sign that the run has ended.
    _end: Option<Sender<()>>,
}

impl Progress {
    /// Starts to wait; a quiet run says nothing.
    pub(crate) fn start(what: &'static str, is_quiet: bool) -> Self {
        if is_quiet {
            return Self { _end: None };
        }
        let (end, ended) = mpsc::channel::<()>();
        thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                // Nobody can be told when stderr itself is gone.
                drop(writeln!(io::stderr().lock(), "checks: {what} …"));
            }
        });
        Self { _end: Some(end) }
    }
}
