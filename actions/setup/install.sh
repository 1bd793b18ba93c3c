#!/usr/bin/env bash
# Puts the `checks` that this commit pins on PATH, and runs nothing before its digest is known to be right.
# Inputs come as IN_BINARY and IN_FALLBACK, outputs go to GITHUB_OUTPUT. Syntax of bash 3.2.

# Functions and start files that others left in the environment could stand in for any command below.
# In POSIX mode no function can take the place of `export`, `unset` and `exec`; `-p` inherits none.
POSIXLY_CORRECT=1
case "$-" in
  *p*) ;;
  *)
    PROOFMARK_FOREIGN="$(export -f)"
    export PROOFMARK_FOREIGN
    unset BASH_ENV
    exec bash -p "$0"
    ;;
esac
unset POSIXLY_CORRECT BASH_ENV CDPATH GREP_OPTIONS TAR_OPTIONS GZIP UNZIP UNZIPOPT ZIPINFO ZIPINFOOPT
set -u
umask 022
export LC_ALL=C

readonly RELEASES="https://github.com/proofmark/proofmark/releases/download"
readonly REMEDY="give the path of a build of your own as \`binary\`, or set \`fallback: cargo\` to build it from the source of this action"

staging=""
scratch=""
clean() {
  if [ -n "$staging" ]; then rm -rf "$staging"; fi
  if [ -n "$scratch" ]; then rm -rf "$scratch"; fi
}
trap clean EXIT
trap 'exit 2' HUP INT TERM

# One workflow command, whatever its text holds.
tell() {
  local kind="$1" title="$2" text="$3"
  text="${text//'%'/%25}"
  text="${text//$'\r'/%0D}"
  text="${text//$'\n'/%0A}"
  printf '::%s title=%s::%s\n' "$kind" "$title" "$text"
}

output() {
  printf '%s=%s\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/null}"
}

refuse() {
  tell error "${2:-proofmark}" "$1"
  output verdict error
  output findings 0
  output exit-code 2
  exit 2
}

# Something came that is not what this commit pins: no fallback, nothing kept.
tampered() {
  refuse "$1; expected sha256 $expected, got $2" "proofmark integrity"
}

# A text without what YAML and editors leave at its end.
trimmed() {
  local text="$1"
  while [ "${text%[$'\r\n\t ']}" != "$text" ]; do text="${text%?}"; done
  printf '%s' "$text"
}

needs() {
  if ! command -v "$1" >/dev/null; then refuse "\`$1\` is not on PATH of this runner: $2, or $REMEDY"; fi
}

# How this system writes the path of a file.
native() {
  if command -v cygpath >/dev/null; then cygpath -w "$1"; else printf '%s' "$1"; fi
}

# The program is there: says so to the steps that follow.
finish() {
  output binary "$(native "$1")"
  output installed-from "$2"
  if [ "$2" != binary ]; then
    printf '%s\n' "$(native "${1%/*}")" >>"${GITHUB_PATH:-/dev/null}"
    printf 'checks %s is ready (%s)\n' "$version" "$2"
  fi
  exit 0
}

# Reads VERSION and the digest of the asset for this machine, as this commit has them.
read_pins() {
  local name line digest system machine
  for name in VERSION checksums.txt; do
    if [ ! -r "$here/$name" ]; then refuse "\`actions/setup/$name\` is missing from this copy of the action"; fi
  done
  version="$(trimmed "$(cat "$here/VERSION")")"
  if [[ ! $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]]; then
    refuse "\`actions/setup/VERSION\` is \`$version\`, which is no version"
  fi
  system="$(uname -s)"
  machine="$(uname -m)"
  case "$machine" in
    amd64) machine=x86_64 ;;
    arm64) machine=aarch64 ;;
  esac
  case "$system" in
    Linux) triple="$machine-unknown-linux-musl" ;;
    Darwin) triple="$machine-apple-darwin" ;;
    MINGW* | MSYS* | CYGWIN*) triple="$machine-pc-windows-msvc" ;;
    *) triple="$machine-$system" ;;
  esac
  program=checks
  asset="checks-$version-$triple.tar.gz"
  case "$triple" in
    *windows*)
      program=checks.exe
      asset="checks-$version-$triple.zip"
      ;;
  esac
  expected=""
  while IFS= read -r line || [ -n "$line" ]; do
    line="$(trimmed "$line")"
    digest="${line%% *}"
    if [ "${line##*[ *]}" != "$asset" ]; then continue; fi
    if [[ ! $digest =~ ^[0-9a-f]{64}$ ]] || [ -n "$expected" ]; then
      refuse "\`actions/setup/checksums.txt\` does not name one digest for \`$asset\`" "proofmark integrity"
    fi
    expected="$digest"
  done <"$here/checksums.txt"
}

sha256() {
  local line
  if command -v sha256sum >/dev/null; then line="$(sha256sum)"; else line="$(shasum -a 256)"; fi
  printf '%s' "${line%% *}"
}

# The program inside an archive, to stdout.
program_of() {
  case "$1" in
    *.zip) unzip -p "$1" "$program" ;;
    *) tar -xzOf "$1" "$2" ;;
  esac
}

# The digest of the program, if an archive for `tar` begins with it: a header of 512 bytes, then one
# line. Nothing else has to be unpacked for it.
stated_in() {
  local start line
  start="$(gzip -dc "$1" 2>/dev/null | head -c 1024 | tr -d '\000')"
  line="${start: -72}"
  case "$start" in
    .checks.sha256*) if [[ $line =~ ^[0-9a-f]{64}\ \ checks$ ]]; then printf '%s' "${line%% *}"; fi ;;
  esac
}

# Is this entry what the pinned archive holds? The archive lies beside it, because whoever can
# change the program could change a digest beside it as well.
is_sound() {
  local entry="$1" member stated
  if [ ! -f "$entry/$program" ] || [ -L "$entry/$program" ] || [ -L "$entry" ]; then return 1; fi
  if [ ! -f "$entry/$asset" ] || [ ! -f "$entry/.digest" ]; then return 1; fi
  if [ "$(cat "$entry/.digest")" != "$expected  $asset" ]; then return 1; fi
  if [ "$(sha256 <"$entry/$asset")" != "$expected" ]; then return 1; fi
  stated="$(stated_in "$entry/$asset")"
  if [ -n "$stated" ]; then
    [ "$(sha256 <"$entry/$program")" = "$stated" ]
    return
  fi
  for member in "$program" "./$program"; do
    if is_same "$entry" "$member"; then return 0; fi
  done
  return 1
}

# Is the program of an entry this member of its archive, byte for byte?
is_same() {
  if command -v cmp >/dev/null; then
    program_of "$1/$asset" "$2" 2>/dev/null | cmp -s - "$1/$program"
  else
    [ "$(program_of "$1/$asset" "$2" 2>/dev/null | sha256)" = "$(sha256 <"$1/$program")" ]
  fi
}

# Takes an entry that was installed before, if nobody touched it since.
use_cached() {
  local entry="$1/proofmark/$version/$triple"
  if [ ! -e "$entry" ] && [ ! -L "$entry" ]; then return; fi
  if is_sound "$entry"; then finish "$entry/$program" tool-cache; fi
  tell warning "proofmark integrity" "the cached \`checks\` is not what was installed; it is thrown away and installed anew"
  rm -rf "$entry"
}

# Plain HTTP is for tests on this machine, where nothing is on the way.
check_base() {
  local host
  case "$base" in
    *[!A-Za-z0-9._~:/%\[\]-]*) refuse "\`PROOFMARK_RELEASE_BASE\` is no plain URL" ;;
    https://?*) ;;
    http://*)
      host="${base#http://}"
      host="${host%%/*}"
      if [[ ! $host =~ ^(localhost|127\.[0-9]+\.[0-9]+\.[0-9]+|\[::1\])(:[0-9]+)?$ ]]; then
        refuse "\`PROOFMARK_RELEASE_BASE\`: plain http is accepted from this machine only (127.0.0.1, localhost, [::1]); use https"
      fi
      protocols="=http,https"
      direct=(--noproxy "*")
      ;;
    *) refuse "\`PROOFMARK_RELEASE_BASE\` has to start with https://" ;;
  esac
}

# Fetches the asset; returns only if it is there, whole or not.
download() {
  local code=0
  needs curl "install curl"
  curl -q --silent --show-error --fail --location --globoff --proto "$protocols" \
    --proto-redir '=https' --tlsv1.2 --retry 3 --max-time 120 ${direct[@]+"${direct[@]}"} \
    --output "$scratch/$asset" "$base/v$version/$asset" || code=$?
  # A transfer that breaks off leaves a file that is too short: that is for the digest to say.
  if [ "$code" -eq 18 ] && [ -f "$scratch/$asset" ]; then return; fi
  if [ "$code" -ne 0 ]; then
    unavailable "\`$asset\` cannot be fetched from $base/v$version (curl ended with $code)"
  fi
}

# No asset, or no way to it. Only here may the source be built instead.
unavailable() {
  if [ "${IN_FALLBACK:-none}" != cargo ]; then refuse "$1: $REMEDY"; fi
  tell notice proofmark "$1; building it from the source of this action"
  if ! command -v cargo >/dev/null; then
    refuse "$1, and \`cargo\` is not on PATH: install Rust (https://rustup.rs), or give the path of a build of your own as \`binary\`"
  fi
  local root target="$temp/proofmark-build"
  root="$(cd "$here/../.." && pwd)" || exit 2
  # Cargo reads configuration from where it stands: never from the repository under judgement.
  if ! (cd "$root" && cargo build --locked --release --package checks --target-dir "$target") >&2; then
    refuse "\`checks\` does not build from the source of this action"
  fi
  finish "$target/release/$program" cargo
}

# Names and kinds of what an archive holds: plain files and folders, inside and with plain names.
check_contents() {
  local archive="$1" kinds names name
  case "$archive" in
    *.zip)
      needs unzip "install unzip"
      names="$(unzip -Z1 "$archive")" || tampered "\`$asset\` is no archive" "$actual"
      kinds="$(unzip -Z -s "$archive" | sed -n 's/^\([a-z?-]\)[rwxsStTa-]\{6,9\} .*/\1/p')"
      ;;
    *)
      names="$(tar -tf "$archive" 2>/dev/null)" || tampered "\`$asset\` is no archive" "$actual"
      kinds="$(tar -tvf "$archive" 2>/dev/null | cut -c 1)"
      ;;
  esac
  while IFS= read -r name; do
    case "/$name/" in
      //* | */../* | *[!A-Za-z0-9._/-]*) tampered "\`$asset\` holds a name that is not plain or leads outside" "$actual" ;;
    esac
  done <<<"$names"
  while IFS= read -r name; do
    case "$name" in
      - | d) ;;
      *) tampered "\`$asset\` holds a link or something else that is no file" "$actual" ;;
    esac
  done <<<"$kinds"
  if [ "$(printf '%s\n' "$names" | grep -c .)" -ne "$(printf '%s\n' "$kinds" | grep -c .)" ]; then
    tampered "\`$asset\` cannot be listed for sure" "$actual"
  fi
}

# Compares before unpacking, unpacks into a fresh folder, and asks the program last.
verify() {
  local said archive="$scratch/$asset"
  actual="$(sha256 <"$archive")"
  if [ "$actual" != "$expected" ]; then tampered "\`$asset\` is not what this commit pins" "$actual"; fi
  mkdir "$scratch/fresh"
  case "$asset" in
    *.zip) ;;
    *)
      archive="$scratch/plain.tar"
      gzip -dc "$scratch/$asset" >"$archive" 2>/dev/null || tampered "\`$asset\` is no archive" "$actual"
      ;;
  esac
  check_contents "$archive"
  case "$asset" in
    *.zip) unzip -q "$archive" -d "$scratch/fresh" ;;
    *) tar -xf "$archive" -C "$scratch/fresh" ;;
  esac || tampered "\`$asset\` cannot be unpacked" "$actual"
  if [ ! -f "$scratch/fresh/$program" ]; then tampered "\`$asset\` holds no \`$program\` at its top" "$actual"; fi
  chmod 755 "$scratch/fresh/$program"
  said="$(trimmed "$("$scratch/fresh/$program" --version 2>&1)")"
  if [ "$said" != "checks $version" ]; then
    tampered "\`$program\` says \`$said\` and not \`checks $version\`" "$actual"
  fi
}

# Moves what was verified to its place in one step; nobody ever sees half of it.
place() {
  local parent="$1/proofmark/$version" entry
  entry="$parent/$triple"
  mkdir -p "$parent" 2>/dev/null || return 1
  staging="$(mktemp -d "$parent/.$triple.XXXXXX" 2>/dev/null)" || { staging=""; return 1; }
  if cp "$scratch/fresh/$program" "$scratch/$asset" "$staging/" 2>/dev/null &&
    printf '%s  %s\n' "$expected" "$asset" >"$staging/.digest" &&
    chmod 755 "$staging" && [ ! -e "$entry" ] && mv "$staging" "$entry" 2>/dev/null; then
    if [ ! -e "$entry/${staging##*/}" ]; then
      staging=""
      finish "$entry/$program" release
    fi
    # Another job was first, and ours went inside of its folder.
    rm -rf "$entry/${staging##*/}"
    staging=""
  fi
  if [ -n "$staging" ]; then rm -rf "$staging"; fi
  staging=""
  if is_sound "$entry"; then finish "$entry/$program" release; fi
  return 1
}

main() {
  if [ -n "${PROOFMARK_FOREIGN:-}" ]; then
    refuse "the environment exports shell functions, which could stand in for any command; unset them (the variables \`BASH_FUNC_…\`)"
  fi
  case "$0" in
    */*) here="${0%/*}" ;;
    *) here=. ;;
  esac
  here="$(cd "$here" && pwd)" || exit 2
  version="" expected="" actual=""
  IN_BINARY="$(trimmed "${IN_BINARY:-}")"
  IN_FALLBACK="$(trimmed "${IN_FALLBACK:-none}")"
  case "$IN_FALLBACK" in
    none | cargo) ;;
    *) refuse "input \`fallback\` is \`$IN_FALLBACK\`; none and cargo are accepted" ;;
  esac
  if [ -n "$IN_BINARY" ]; then use_own "$IN_BINARY"; fi
  read_pins
  temp="${RUNNER_TEMP:-${TMPDIR:-/tmp}}"
  cache="${RUNNER_TOOL_CACHE:-$temp}"
  if command -v cygpath >/dev/null; then
    temp="$(cygpath -u "$temp")"
    cache="$(cygpath -u "$cache")"
  fi
  scratch="$(mktemp -d "$temp/proofmark-install.XXXXXX")" || refuse "no temporary folder can be made in \`$temp\`"
  if [ -z "$expected" ]; then unavailable "no asset for this platform: \`$asset\` is not among the checksums of this commit"; fi
  if ! command -v shasum >/dev/null; then needs sha256sum "install coreutils"; fi
  needs tar "install tar"
  needs gzip "install gzip"
  use_cached "$cache"
  use_cached "$temp"
  base="${PROOFMARK_RELEASE_BASE:-$RELEASES}"
  base="${base%/}"
  protocols="=https"
  direct=()
  check_base
  download
  verify
  place "$cache" || tell notice proofmark "the tool cache cannot be written; installing into the temporary folder"
  place "$temp" || refuse "\`checks\` cannot be installed: neither the tool cache nor \`$temp\` can be written"
}

# A build of the caller: nothing is installed, and nothing is vouched for.
use_own() {
  local binary="$1"
  # A drive letter is how a runner of Windows begins its own folders.
  case "$binary" in
    /* | [A-Za-z]:[/\\]*) ;;
    *) binary="./$binary" ;;
  esac
  if [ ! -f "$binary" ] || [ ! -x "$binary" ]; then
    refuse "input \`binary\`: \`$binary\` is no program that can be run"
  fi
  output binary "$1"
  output installed-from binary
  exit 0
}

main
