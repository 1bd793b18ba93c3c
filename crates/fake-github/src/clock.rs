//! Time that passes with each write, so that the same requests give the same answers.

use jiff::Timestamp;

/// 2026-01-01T00:00:00Z.
const START: i64 = 1_767_225_600;

/// Seconds since the start, one for each write.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clock {
    ticks: i64,
}

impl Clock {
    /// The next instant.
    pub(crate) fn tick(&mut self) -> i64 {
        self.ticks += 1;
        START + self.ticks
    }
}

/// An instant as GitHub writes it.
pub(crate) fn written(seconds: i64) -> String {
    Timestamp::from_second(seconds).map(|it| it.to_string()).unwrap_or_default()
}

/// The seconds of an instant that a client wrote.
pub(crate) fn read(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}
