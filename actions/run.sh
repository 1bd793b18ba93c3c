#!/usr/bin/env bash
# Runs the binary for an action: inputs come as IN_* variables, outputs go to GITHUB_OUTPUT.
# What inputs hold is passed on as it is and never read as code. Syntax of bash 3.2.
set -u

# What may write on GitHub is seen by the one command that does, and by no gate.
token="${IN_TOKEN:-}"
unset IN_TOKEN

# A message of ours as one workflow command, whatever its text holds.
tell() {
  local text="$2"
  text="${text//'%'/%25}"
  text="${text//$'\r'/%0D}"
  text="${text//$'\n'/%0A}"
  printf '::%s title=proofmark::%s\n' "$1" "$text"
}

# The highest rise of a version that a contract asks for. Reports are canonical: the member stands
# at this depth in contracts only.
bump() {
  local word
  if [ -z "$report" ]; then return; fi
  for word in major minor patch none; do
    if grep -q "^ \{6\}\"bump\": \"$word\"" "$report"; then
      printf '%s' "$word"
      return
    fi
  done
  printf none
}

# Does the report tell of a file of an SDK that was written or removed, or would be? An empty list
# ends on its own line.
changed() {
  if [ -n "$report" ] && grep -q '^ \{10\}"\(written\|removed\)": \[$' "$report"; then
    printf true
  else
    printf false
  fi
}

# Where the gates keep their proofs, if there are any.
proofs() {
  local folder="${IN_ROOT:-.}"
  folder="${folder%/}/ops/proofs"
  if [ -d "$folder" ]; then printf '%s' "${folder#./}" | tr -d '\r\n'; fi
}

# Writes the outputs and ends the step: verdict, number of findings, exit code.
finish() {
  if [ ! -f "$report" ]; then report=""; fi
  {
    printf 'verdict=%s\n' "$1"
    printf 'findings=%s\n' "$2"
    printf 'report=%s\n' "$report"
    printf 'proofs=%s\n' "$(proofs)"
    printf 'exit-code=%s\n' "$3"
    printf 'bump=%s\n' "$(bump)"
    printf 'migration=%s\n' "$migration"
    printf 'changed=%s\n' "$(changed)"
    printf 'commit=%s\n' "$commit"
  } >>"${GITHUB_OUTPUT:-/dev/null}"
  exit "$3"
}

refuse() {
  tell error "$1"
  finish error 0 2
}

# GitHub hands over any text as an input.
is_true() {
  case "$2" in
    true) return 0 ;;
    false) return 1 ;;
    *) refuse "input \`$1\` is \`$2\`; true and false are accepted" ;;
  esac
}

# YAML may leave line breaks at the end of an input.
for name in ${!IN_*}; do
  value="${!name}"
  while [ "${value%[$'\r\n']}" != "$value" ]; do value="${value%?}"; done
  printf -v "$name" '%s' "$value"
done

report=""
migration=""
commit=""
binary="${IN_BINARY:-}"
if [ -z "$binary" ]; then
  refuse "input \`binary\` is empty: give the path of a built \`checks\`, for instance target/release/checks"
fi
# A drive letter is how a runner of Windows begins its own folders.
case "$binary" in
  /* | [A-Za-z]:[/\\]*) ;;
  *) binary="./$binary" ;;
esac
if [ ! -f "$binary" ] || [ ! -x "$binary" ]; then
  refuse "input \`binary\`: \`$binary\` is no program that can be run"
fi

folder="$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/proofmark.XXXXXX")" || refuse "no temporary folder"
report="$folder/report.json"
arguments=(run "--root=${IN_ROOT:-.}" "--format=json=$report")
selftest=(selftest "--root=${IN_ROOT:-.}")
if [ -n "${IN_BASE:-}" ]; then arguments+=("--base=$IN_BASE"); fi
if [ -n "${IN_SARIF_FILE:-}" ]; then arguments+=("--format=sarif=$IN_SARIF_FILE"); fi
if [ -n "${IN_JUNIT_FILE:-}" ]; then arguments+=("--format=junit=$IN_JUNIT_FILE"); fi
if is_true strict "${IN_STRICT:-true}"; then
  arguments+=(--strict)
else
  # The runner sets this for every job, and it means the same.
  export CI=false
fi
if is_true write-proofs "${IN_WRITE_PROOFS:-false}"; then arguments+=(--write-proofs); fi
# Names of gates stand in one line, between spaces or commas.
IFS=$' ,\t\r\n' read -r -d '' -a gates <<<"${IN_GATES:-}" || true
for gate in ${gates[@]+"${gates[@]}"}; do
  arguments+=("--gate=$gate")
  selftest+=("--gate=$gate")
done

summary="${GITHUB_STEP_SUMMARY:-}"
if ! is_true summary "${IN_SUMMARY:-true}"; then
  unset GITHUB_STEP_SUMMARY
  summary=""
fi
if is_true annotations "${IN_ANNOTATIONS:-true}"; then
  arguments+=(--format=github)
else
  arguments+=(--format=human)
fi
case "${IN_MIGRATE:-off}" in
  off | suggest) ;;
  *) refuse "input \`migrate\` is \`$IN_MIGRATE\`; off and suggest are accepted" ;;
esac
case "${IN_MODE:-check}" in
  check | commit | pull-request) ;;
  *) refuse "input \`mode\` is \`$IN_MODE\`; check, commit and pull-request are accepted" ;;
esac
publish=(github publish "--report=$report")
if is_true comment "${IN_COMMENT:-false}"; then publish+=(--comment); fi
if is_true check-run "${IN_CHECK_RUN:-false}"; then publish+=(--check-run); fi
wants_selftest=false
if is_true selftest "${IN_SELFTEST:-false}"; then wants_selftest=true; fi

# Between these lines the runner takes no commands from text that is not ours to vouch for.
quietly() {
  local token="proofmark-$RANDOM$RANDOM$RANDOM$RANDOM" code=0
  printf '::stop-commands::%s\n' "$token"
  "$@" || code=$?
  printf '\n::%s::\n' "$token"
  return "$code"
}

# The modes that write: the SDKs first, then one commit with exactly the files of the report.
write() {
  local code=0 branch told="$folder/commit.txt"
  local -a options=("--sdk-report=$report" "--message=sdk: as the contracts say")
  quietly "$binary" sdk generate "--root=${IN_ROOT:-.}" --format=human "--format=json=$report" || code=$?
  if [ "$code" -ne 0 ]; then refuse "\`checks sdk generate\` ended with $code; the lines above say why"; fi
  if [ "$(changed)" = false ]; then finish green 0 0; fi
  branch="${GITHUB_HEAD_REF:-${GITHUB_REF_NAME:-all}}"
  options+=("--branch=checks/sdk-sync/$branch" "--root=${IN_ROOT:-.}")
  if [ "$IN_MODE" = pull-request ]; then options+=(--pull-request); fi
  GITHUB_TOKEN="$token" "$binary" github commit --format=human "${options[@]}" >"$told" || code=$?
  quietly cat "$told"
  commit="$(sed -n 's/^commit: \([0-9a-f]\{40,64\}\) on .*/\1/p' "$told" | head -n 1)"
  if [ "$code" -ne 0 ]; then
    tell error "the SDKs were written, but not committed (exit code $code)"
    finish error 0 2
  fi
  finish green 0 0
}
if [ "${IN_MODE:-check}" != check ]; then write; fi

code=0
if is_true annotations "${IN_ANNOTATIONS:-true}"; then
  "$binary" "${arguments[@]}" || code=$?
else
  quietly "$binary" "${arguments[@]}" || code=$?
fi
unset IN_SUMMARY
if [ "${IN_INSTALLED_FROM:-}" = binary ] && [ -n "$summary" ]; then
  printf '\nJudged by a local binary: nothing was installed, and nobody vouches for it.\n' >>"$summary"
fi
case "$code" in
  0 | 1) ;;
  *)
    tell error "\`checks\` has no answer and ended with $code; the lines above say why"
    finish error 0 2
    ;;
esac
if [ ! -f "$report" ]; then refuse "\`checks\` ended with $code and wrote no report"; fi

# Reports are canonical: a member at a known depth is a line that starts so, and in no other place.
findings="$(grep -c '^ \{10\}"fingerprint": ' "$report")"
verdict=green
if [ "$code" -eq 1 ]; then
  verdict=undecided
  if grep -q '^ \{4\}"red": [1-9]' "$report"; then verdict=red; fi
fi
if [ "${IN_MIGRATE:-off}" = suggest ] && [ "$verdict" = red ]; then
  # A proposal: whether it can be made does not change the verdict.
  migrate=(contract migrate "--root=${IN_ROOT:-.}" "--out=$folder/migration")
  if [ -n "${IN_BASE:-}" ]; then migrate+=("--base=$IN_BASE"); fi
  if quietly "$binary" "${migrate[@]}"; then migration="$folder/migration"; fi
  if [ ! -d "$migration" ]; then migration=""; fi
fi
if [ "$wants_selftest" = true ]; then
  proven=0
  quietly "$binary" "${selftest[@]}" || proven=$?
  if [ "$proven" -ne 0 ]; then
    tell error "selftest: a gate did not go red when it had to (exit code $proven)"
    if [ "$code" -eq 0 ]; then
      verdict=error
      code=$proven
    fi
  fi
fi
if [ "${#publish[@]}" -gt 3 ]; then
  # What is written on GitHub tells the verdict; it does not change it. Its notices are our own words.
  told=0
  GITHUB_TOKEN="$token" "$binary" "${publish[@]}" || told=$?
  if [ "$told" -ne 0 ]; then tell warning "the verdict stands, but it could not be written on GitHub (exit code $told)"; fi
fi
finish "$verdict" "$findings" "$code"
