#!/usr/bin/env bash
# What pre-commit runs in its own clone of this repository: builds `checks` there and runs it.
set -eu
here="$(cd "$(dirname "$0")/.." && pwd)"
# Cargo reads configuration from where it stands: never from the repository under judgement.
(cd "$here" && cargo build --quiet --locked --release --package checks --target-dir "$here/target") >&2
exec "$here/target/release/checks" "$@"
