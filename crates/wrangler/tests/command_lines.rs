//! Deploy commands in workflows and scripts, and what they set beside the files.

use wrangler::commands::{Command, OutOfBand, Surroundings, action_commands, deploy_commands};

/// Shows the words of each deploy command of a shell text.
fn check(text: &str, expected: &[&str]) {
    let found: Vec<_> = deploy_commands(text).iter().map(|it| it.argv().join(" ")).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn wrangler_is_found_in_the_text_that_a_launcher_runs() {
    for text in [
        "/bin/bash -c 'npx wrangler deploy -x'",
        "sudo -E bash -c 'wrangler deploy -x'",
        "timeout 60 sh -ec 'wrangler deploy -x'",
        "npx -p wrangler@4 -c 'wrangler deploy -x'",
        "npm exec --call 'wrangler deploy -x'",
        "pnpm exec concurrently 'wrangler deploy -x'",
    ] {
        check(text, &["wrangler deploy -x"]);
    }
}

#[test]
fn wrangler_is_found_behind_what_runs_it() {
    for text in [
        "wrangler deploy -x",
        "npx wrangler deploy -x",
        "npx --yes wrangler@4 deploy -x",
        "npx -y wrangler@latest deploy -x",
        "npx -p wrangler@3 wrangler deploy -x",
        "npx --package=wrangler@3 -- wrangler deploy -x",
        "npm exec wrangler -- deploy -x",
        "npm exec -- wrangler deploy -x",
        "npm run wrangler -- deploy -x",
        "npm --prefix apps/a exec wrangler deploy -x",
        "pnpm wrangler deploy -x",
        "pnpm exec wrangler deploy -x",
        "pnpm dlx wrangler@4.1.0 deploy -x",
        "pnpm --filter api exec wrangler deploy -x",
        "yarn wrangler deploy -x",
        "yarn dlx wrangler deploy -x",
        "yarn workspace api run wrangler deploy -x",
        "bunx wrangler deploy -x",
        "bun x wrangler deploy -x",
        "bun run wrangler deploy -x",
        "deno run -A npm:wrangler@4 deploy -x",
        "./node_modules/.bin/wrangler deploy -x",
        "$(npm bin)/wrangler deploy -x",
        "node ./node_modules/wrangler/bin/wrangler.js deploy -x",
        "A=b C='d e' wrangler deploy -x",
        "env -u A B=c wrangler deploy -x",
        "cross-env A=b wrangler deploy -x",
        "sudo -E npx wrangler deploy -x",
        "dotenv -e .env -- wrangler deploy -x",
        "op run --env-file=a -- npx wrangler deploy -x",
        "cd a && wrangler deploy -x",
        "npm ci; npm run build && wrangler deploy -x || exit 1",
        "(cd a; wrangler deploy -x)",
        "if [ $A = b ]; then wrangler deploy -x; fi",
        "if wrangler deploy -x; then echo; fi",
        "for a in b c; do wrangler deploy -x; done",
        "case $A in\n b) wrangler deploy -x ;;\nesac",
        "f() { wrangler deploy -x; }",
        "! wrangler deploy -x",
        "time wrangler deploy -x",
        "echo y | wrangler deploy -x > log 2>&1",
        "wrangler deploy -x | tee log",
        "wrangler deploy -x &",
        "URL=$(wrangler deploy -x | grep https)",
        "echo \"$(wrangler deploy -x)\"",
        "echo `wrangler deploy -x`",
        "bash -c 'npx wrangler deploy -x'",
        "concurrently \"vite build\" \"wrangler deploy -x\"",
        "eval wrangler deploy -x",
        "wrangler \\\n  deploy \\\n  -x",
        "wrangler `\n  deploy -x",
        "'wrangler' \"deploy\" -x",
        "wrangler deploy -x # --dry-run",
        "# wrangler deploy\nwrangler deploy -x",
        "cat <<EOF\nwrangler deploy\nEOF\nwrangler deploy -x",
        "WRANGLER.CMD\nwrangler.cmd deploy -x",
    ] {
        check(text, &["wrangler deploy -x"]);
    }
}

#[test]
fn other_commands_are_not_deploys() {
    for text in [
        "",
        "wrangler",
        "wrangler dev",
        "wrangler pages deploy",
        "wrangler versions deploy",
        "wrangler versions upload --name a",
        "wrangler triggers",
        "wrangler secret put deploy",
        "wrangler d1 execute deploy",
        "wrangler deploy --dry-run",
        "wrangler deploy --dry-run --name a",
        "wrangler deploy --name a --dry-run=true",
        "wrangler deploy --dryRun",
        "wrangler deploy --dry-run true",
        "wrangler deploy --dry-run src/index.ts",
        "wrangler deploy --help",
        "wrangler triggers deploy --dry-run",
        "echo wrangler deploy",
        "echo 'wrangler deploy'",
        "# wrangler deploy",
        "git commit -m 'wrangler deploy'",
        "npm install wrangler deploy",
        "npm i -D wrangler@4 publish",
        "yarn add wrangler",
        "grep -r -- wrangler deploy",
        "my-wrangler deploy",
        "wrangler-x deploy",
        "node scripts/wrangler.js deploy",
        "npm run deploy",
        "wrangler --config deploy dev",
        "cat <<'EOF'\nwrangler deploy\nEOF\n",
    ] {
        check(text, &[]);
    }
}

#[test]
fn all_three_subcommands_deploy() {
    check("wrangler publish", &["wrangler publish"]);
    check("wrangler triggers deploy", &["wrangler triggers deploy"]);
    check("wrangler -c a.toml --env b deploy", &["wrangler -c a.toml --env b deploy"]);
    check(
        "wrangler --env=b triggers -c a.toml deploy",
        &["wrangler --env=b triggers -c a.toml deploy"],
    );
    check("wrangler deploy --dry-run=false", &["wrangler deploy --dry-run=false"]);
    check("wrangler deploy --dry-run false", &["wrangler deploy --dry-run false"]);
    check(
        "wrangler deploy --dry-run=${{ inputs.dry }}",
        &["wrangler deploy --dry-run=${{ inputs.dry }}"],
    );
    check(
        "wrangler deploy --dry-run && wrangler deploy --env a\nwrangler deploy --env b",
        &["wrangler deploy --env a", "wrangler deploy --env b"],
    );
}

#[test]
fn secrets_do_not_get_through() {
    let token = format!("ghp_{}", "a1B2".repeat(9));
    for (text, expected) in [
        (
            "wrangler deploy --var A:b C:d --env e".to_owned(),
            "wrangler deploy --var <redacted> <redacted> --env e",
        ),
        (
            "wrangler deploy --var=A:b --define=X:y".to_owned(),
            "wrangler deploy --var=<redacted> --define=<redacted>",
        ),
        ("wrangler deploy --define A:b".to_owned(), "wrangler deploy --define <redacted>"),
        (
            "wrangler deploy --secrets-file .env --secret x".to_owned(),
            "wrangler deploy --secrets-file <redacted> --secret <redacted>",
        ),
        (format!("wrangler deploy {token}"), "wrangler deploy <redacted>"),
        (format!("wrangler deploy --api-key={token}"), "wrangler deploy --api-key=<redacted>"),
        (format!("wrangler deploy 'a:{token}'"), "wrangler deploy <redacted>"),
        (format!("CLOUDFLARE_API_TOKEN={token} wrangler deploy"), "wrangler deploy"),
        ("CLOUDFLARE_API_TOKEN=hunter2 npx wrangler deploy".to_owned(), "wrangler deploy"),
        (
            "wrangler deploy --name ${{ secrets.NAME }}".to_owned(),
            "wrangler deploy --name ${{ secrets.NAME }}",
        ),
        (
            "wrangler deploy --tag c61b6bbd6d1a3fbef0a1db9d1e1e9d8d0f6b7a1c".to_owned(),
            "wrangler deploy --tag c61b6bbd6d1a3fbef0a1db9d1e1e9d8d0f6b7a1c",
        ),
    ] {
        check(&text, &[expected]);
        let shown = format!("{:?}", deploy_commands(&text));
        assert!(!shown.contains(&token) && !shown.contains("A:b"), "{shown}");
    }
}

#[test]
fn each_command_knows_its_line() {
    let text = "npm ci\ncd a\nnpx \\\n wrangler deploy\necho \"$(\nwrangler deploy)\"\nbash -c '\n\nwrangler deploy'\n";
    let lines: Vec<_> = deploy_commands(text).iter().map(|it| it.line).collect();
    assert_eq!(lines, [3, 5, 6]);
    let offsets = deploy_commands("é wrangler; wrangler deploy");
    assert_eq!(offsets.iter().map(|it| it.offset).collect::<Vec<_>>(), [13]);
}

/// Shows the facts of all commands of a text that starts in `apps/api`.
fn facts(commands: &[Command], override_name: Option<&str>) -> Vec<String> {
    let is_audited = |it: &str| it == "apps/api/wrangler.toml" || it == "wrangler.jsonc";
    let surroundings =
        Surroundings { folder: Some("apps/api"), override_name, is_audited: &is_audited };
    let shown = |it: OutOfBand| match it {
        OutOfBand::Claim { flag } => format!("claim {flag}"),
        OutOfBand::Name { flag } => format!("name {flag}"),
        OutOfBand::Config { flag, path } => format!("config {flag} {path}"),
        OutOfBand::UnknownConfig { flag, path } => format!("unknown {flag} {path}"),
    };
    commands.iter().flat_map(|it| it.out_of_band(&surroundings)).map(shown).collect()
}

fn check_facts(text: &str, expected: &[&str]) {
    assert_eq!(facts(&deploy_commands(text), None), expected, "{text}");
}

#[test]
fn flags_set_what_no_file_declares() {
    check_facts("wrangler deploy", &[]);
    check_facts("wrangler deploy --env production --minify src/index.ts", &[]);
    check_facts("wrangler deploy --route a.example/*", &["claim --route"]);
    check_facts(
        "wrangler deploy --routes a.example/* b.example/* --name x",
        &["claim --routes", "name --name"],
    );
    check_facts("wrangler deploy --route=a --route=b", &["claim --route"]);
    check_facts("wrangler deploy --domain a --domains=b", &["claim --domain", "claim --domains"]);
    check_facts("wrangler publish --name x --env y", &["name --name"]);
    check_facts("wrangler --name=x deploy", &["name --name"]);
    check_facts("wrangler triggers deploy --route \"$ROUTE\"", &["claim --route"]);
    check_facts("wrangler deploy -- --name x", &[]);
    check_facts("wrangler deploy --name x --dry-run\nwrangler deploy", &[]);
    check_facts("wrangler deploy --namespace x --routes-file y", &[]);
    check_facts("npx wrangler deploy && npx wrangler deploy --name=a", &["name --name"]);
}

#[test]
fn the_override_counts_wherever_it_is_set() {
    let name = ["name WRANGLER_CI_OVERRIDE_NAME"];
    for text in [
        "WRANGLER_CI_OVERRIDE_NAME=x wrangler deploy",
        "A=b WRANGLER_CI_OVERRIDE_NAME='x' npx wrangler deploy",
        "env WRANGLER_CI_OVERRIDE_NAME=x wrangler deploy",
        "cross-env WRANGLER_CI_OVERRIDE_NAME=x wrangler deploy",
        "export WRANGLER_CI_OVERRIDE_NAME=x\nwrangler deploy",
        "set WRANGLER_CI_OVERRIDE_NAME=x\nwrangler deploy",
        "$env:WRANGLER_CI_OVERRIDE_NAME = 'x'\nwrangler deploy",
        "$env:WRANGLER_CI_OVERRIDE_NAME='x'; wrangler deploy",
        "export A=b WRANGLER_CI_OVERRIDE_NAME=${{ inputs.x }}; wrangler deploy",
    ] {
        check_facts(text, &name);
    }
    for text in [
        "WRANGLER_CI_OVERRIDE_NAME= wrangler deploy",
        "WRANGLER_CI_OVERRIDE_NAME=x wrangler deploy --dry-run",
        "WRANGLER_CI_OVERRIDE_NAME=x true; wrangler deploy",
        "export WRANGLER_CI_OVERRIDE_NAME=x; unset WRANGLER_CI_OVERRIDE_NAME; wrangler deploy",
        "$env:WRANGLER_CI_OVERRIDE_NAME = ''; wrangler deploy",
        "$env:WRANGLER_CI_OVERRIDE_NAMES = 'x'; wrangler deploy",
        "wrangler deploy; export WRANGLER_CI_OVERRIDE_NAME=x",
    ] {
        check_facts(text, &[]);
    }
    assert_eq!(facts(&deploy_commands("wrangler deploy"), Some("x")), name);
    assert_eq!(facts(&deploy_commands("wrangler deploy"), Some("")), [""; 0]);
    check(
        "WRANGLER_CI_OVERRIDE_NAME=x wrangler deploy",
        &["WRANGLER_CI_OVERRIDE_NAME=x wrangler deploy"],
    );
}

#[test]
fn a_configuration_outside_the_audit_is_told() {
    for (text, expected) in [
        ("wrangler deploy --config wrangler.toml", None),
        ("wrangler deploy -c ./wrangler.toml", None),
        ("wrangler deploy -c=wrangler.toml", None),
        ("wrangler deploy --config=../../wrangler.jsonc", None),
        ("wrangler --config wrangler.toml deploy", None),
        ("cd ../.. && wrangler deploy -c wrangler.jsonc", None),
        ("cd $GITHUB_WORKSPACE; wrangler deploy -c wrangler.jsonc", None),
        ("wrangler deploy -c ${{ github.workspace }}/wrangler.jsonc", None),
        ("(cd x; true); wrangler deploy -c wrangler.toml", None),
        ("wrangler deploy --cwd ../.. --config wrangler.jsonc", None),
        ("pnpm -C ../.. exec wrangler deploy --config wrangler.jsonc", None),
        ("wrangler deploy --config dist/wrangler.json", Some("config --config dist/wrangler.json")),
        ("wrangler deploy -c /tmp/w.toml", Some("config -c /tmp/w.toml")),
        ("wrangler deploy -c ../../../w.toml", Some("config -c ../../../w.toml")),
        ("cd x && wrangler deploy -c wrangler.toml", Some("config -c wrangler.toml")),
        ("wrangler deploy --config $X", Some("unknown --config $X")),
        (
            "wrangler deploy --config '${{ inputs.x }}/w.toml'",
            Some("unknown --config ${{ inputs.x }}/w.toml"),
        ),
        ("cd $X && wrangler deploy -c wrangler.toml", Some("unknown -c wrangler.toml")),
        ("pnpm --filter x exec wrangler deploy -c wrangler.toml", Some("unknown -c wrangler.toml")),
        ("wrangler deploy -c '$X'", Some("config -c $X")),
    ] {
        check_facts(text, &expected.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn lines_of_the_action_have_wrangler_in_front() {
    let check = |text: &str, expected: &[&str], expected_facts: &[&str]| {
        let commands = action_commands(text);
        let found: Vec<_> =
            commands.iter().map(|it| format!("{} {}", it.line, it.argv().join(" "))).collect();
        assert_eq!(found, expected, "{text}");
        assert_eq!(facts(&commands, None), expected_facts, "{text}");
    };
    check("deploy --env a", &["0 wrangler deploy --env a"], &[]);
    check(
        "deploy --name 'a b'\n\n  publish --route=x\n",
        &["0 wrangler deploy --name a b", "2 wrangler publish --route=x"],
        &["name --name", "claim --route"],
    );
    check("pages deploy dist --project-name=x", &[], &[]);
    check("deploy --dry-run\nsecret put X\ntriggers deploy", &["2 wrangler triggers deploy"], &[]);
    check("-c w.toml deploy", &["0 wrangler -c w.toml deploy"], &["config -c w.toml"]);
    check("", &[], &[]);
}
