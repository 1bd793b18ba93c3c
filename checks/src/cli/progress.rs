//! A word on stderr for whoever waits.

use std::{
    io::{self, IsTerminal as _, Write as _},
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::run::Advance;

/// How long a run may take in silence where a person looks on, and elsewhere.
const PATIENCE: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(1)];
/// How often the word changes.
const INTERVAL: Duration = Duration::from_millis(100);

/// Tells that the run goes on, unless it ends first: on a terminal which contract it is at, in a
/// log one line.
pub(crate) struct Progress {
    /// Dropping it is the sign that the run has ended.
    end: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts to wait; a quiet run says nothing.
    pub(crate) fn start(what: &'static str, is_quiet: bool, advance: &Arc<Advance>) -> Self {
        if is_quiet {
            return Self { end: None };
        }
        let (end, ended) = mpsc::channel::<()>();
        let advance = Arc::clone(advance);
        let is_watched = io::stderr().is_terminal();
        let waits = move |time| ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
        let thread = thread::spawn(move || match is_watched {
            true if waits(PATIENCE[0]) => watched(what, &advance, waits),
            false if waits(PATIENCE[1]) => tell(&format!("checks: {what} …\n")),
            true | false => {}
        });
        Self { end: Some((end, thread)) }
    }
}

impl Drop for Progress {
    /// Waits until the word is gone: what comes next starts at the start of a line.
    fn drop(&mut self) {
        if let Some((end, thread)) = self.end.take() {
            drop(end);
            drop(thread.join());
        }
    }
}

/// One line that is written over and over, and removed in the end.
fn watched(what: &str, advance: &Advance, waits: impl Fn(Duration) -> bool) {
    let mut longest = 0;
    loop {
        let word = advance.told().map_or_else(String::new, |it| format!(": {it}"));
        let line = format!("checks: {what}{word} …");
        longest = longest.max(line.chars().count());
        tell(&format!("\r{line:longest$}"));
        if !waits(INTERVAL) {
            return tell(&format!("\r{:longest$}\r", ""));
        }
    }
}

fn tell(text: &str) {
    let mut out = io::stderr().lock();
    // Nobody can be told when stderr itself is gone.
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}
