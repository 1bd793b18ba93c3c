use std::{
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// Time as the client needs it, so that tests need none.
pub trait Clock {
    /// Seconds since 1970.
    fn now(&self) -> u64;
    /// Waits.
    fn sleep(&self, time: Duration);
    /// What the small random part of a pause is made from.
    fn seed(&self) -> u64;
}

/// The clock of the machine, read once by the caller and counted on from there.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    started: SystemTime,
    since: Instant,
}

impl SystemClock {
    /// Counts on from this instant, which is now.
    #[must_use]
    pub fn starting(now: SystemTime) -> Self {
        Self { started: now, since: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> u64 {
        let now = self.started + self.since.elapsed();
        now.duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs())
    }

    fn sleep(&self, time: Duration) {
        thread::sleep(time);
    }

    fn seed(&self) -> u64 {
        let nanoseconds = self.started.duration_since(UNIX_EPOCH).map_or(0, |it| it.subsec_nanos());
        u64::from(nanoseconds) ^ u64::from(std::process::id())
    }
}
