complete -c checks -n "__fish_seen_subcommand_from sdk" -l service -x -a "(checks sdk services 2>/dev/null)"
