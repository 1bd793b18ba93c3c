
# Names of services are asked for when they are wanted; they are never expanded.
_checks_or_services() {
    local name cur="${COMP_WORDS[COMP_CWORD]}"
    if [[ "${COMP_WORDS[COMP_CWORD - 1]}" != --service ]]; then
        _checks "$@"
        return
    fi
    COMPREPLY=()
    while IFS= read -r name; do
        [[ "${name}" == "${cur}"* ]] && COMPREPLY+=("${name}")
    done < <(checks sdk services 2>/dev/null)
}
complete -F _checks_or_services -o bashdefault -o default checks
