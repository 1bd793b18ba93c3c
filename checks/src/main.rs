//! The binary `checks`: reads the environment and the clock once, and leaves the rest to the library.

use std::{process::ExitCode, time::SystemTime};

use checks::{cli, environment::Environment};

fn main() -> ExitCode {
    cli::tell_panics();
    let environment = Environment::from_variables(std::env::vars_os());
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    let clock = SystemTime::now();
    cli::main(std::env::args_os(), &environment, clock)
}
