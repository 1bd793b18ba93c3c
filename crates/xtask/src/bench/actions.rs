use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use crate::{
    bench::{
        checks, commit_all, cost, folder, git, print_cost, print_ratio,
        stopwatch::{Program, measure},
    },
    generate, release, tools,
    tree::Tree,
};

const SERVICES: usize = 100;
const ROUNDS: usize = 5;

/// What every job does: nothing but its own start and the copy of the repository.
const PLAIN: &str = "name: bench\non: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n      \
                     - uses: actions/checkout@v6\n      - run: git rev-parse HEAD\n";

/// What ours does besides.
const OURS: &str =
    "      - uses: proofmark/proofmark/actions/checks@v1\n        with: {selftest: 'false'}\n";

/// An action of two steps that do nothing: what act itself costs.
const EMPTY: &str = "name: empty\ndescription: Does nothing.\nruns:\n  using: composite\n  steps:\n    \
                     - {shell: bash, run: 'true'}\n    - {shell: bash, run: 'true'}\n";
const WITH_EMPTY: &str = "      - uses: proofmark/proofmark/empty@v1\n";

/// A job under act without our action, with it, and with it from an empty tool cache, in turn.
pub(super) fn run(tree: &Tree) -> Result<()> {
    let act = tools::act(tree)?;
    let top = folder(tree, "actions");
    generate::write(&top, std::iter::empty())?;
    let repository = top.join("repository");
    generate::write(&repository, generate::monorepo::files(SERVICES))?;
    let archive = release::pack(tree, &release::triple_here()?, &checks(tree), &top.join("dist"))?;
    release::pinned_actions(tree, &top.join("action"), &top.join("dist"))?;
    let bytes = fs::read(archive)?;
    println!(
        "  archive {} bytes, program {} bytes",
        bytes.len(),
        fs::metadata(checks(tree))?.len()
    );
    let served = release::served(bytes)?;
    let empty = top.join("action/empty");
    fs::create_dir_all(&empty)?;
    fs::write(empty.join("action.yml"), EMPTY)?;
    for (name, last) in [("plain", ""), ("empty", WITH_EMPTY), ("ours", OURS)] {
        let file = repository.join(format!(".github/workflows/{name}.yml"));
        fs::create_dir_all(file.parent().unwrap_or(&repository))?;
        fs::write(file, format!("{PLAIN}{last}"))?;
    }
    commit_all(tree, &repository)?;
    // Everything is packed now, and act does not copy an empty `refs`, without which git sees nothing.
    git(tree, &repository, &["branch", "loose"])?;
    let job = |name: &str, workflow: &str, home: &str| {
        let setting = Setting { act: &act, top: &top, base: &served, home: top.join(home) };
        setting.job(name, workflow).in_folder(&repository)
    };
    let cache = top.join("cold/cache/act/tool_cache");
    let programs = [
        job("job without our action", "plain", "bare"),
        job("with it, warm", "ours", "warm"),
        job("with it, cold", "ours", "cold").forgetting(cache),
        job("with an action that does nothing", "empty", "empty"),
    ];
    let costs = measure(tree, ROUNDS, &programs)?;
    costs.iter().for_each(print_cost);
    let bare = cost(&costs, 0)?.wall();
    print_ratio("warm / without", cost(&costs, 1)?.wall(), bare, "1.2");
    print_ratio("cold / without", cost(&costs, 2)?.wall(), bare, "1.7");
    let empty = cost(&costs, 3)?.wall();
    print_ratio("warm / an empty action", cost(&costs, 1)?.wall(), empty, "none");
    Ok(())
}

/// Where act runs, and from where our action takes its release.
struct Setting<'a> {
    act: &'a Path,
    top: &'a Path,
    base: &'a str,
    home: PathBuf,
}

impl Setting<'_> {
    fn job(&self, name: &str, workflow: &str) -> Program {
        let home = self.home.display();
        let words = [
            format!("HOME={home}"),
            format!("XDG_CACHE_HOME={home}/cache"),
            format!("XDG_CONFIG_HOME={home}/config"),
            self.act.display().to_string(),
            "push".to_owned(),
            format!("--workflows=.github/workflows/{workflow}.yml"),
            "--platform=ubuntu-latest=-self-hosted".to_owned(),
            "--no-cache-server".to_owned(),
            "--env=GITHUB_API_URL=http://127.0.0.1:9".to_owned(),
            format!("--env=PROOFMARK_RELEASE_BASE={}", self.base),
            format!(
                "--local-repository=proofmark/proofmark@v1={}",
                self.top.join("action").display()
            ),
        ];
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // Without a first configuration act asks a question.
        let config = self.home.join("config/act");
        drop(fs::create_dir_all(&config).and_then(|()| fs::write(config.join("actrc"), "")));
        Program::new(name, "env", &words)
    }
}
