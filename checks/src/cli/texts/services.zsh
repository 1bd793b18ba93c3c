(( $+functions[_checks_services] )) ||
_checks_services() {
    local -a services
    services=("${(@f)$(checks sdk services 2>/dev/null)}")
    compadd -a services
}
