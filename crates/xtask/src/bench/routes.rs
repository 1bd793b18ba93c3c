use std::path::Path;

use anyhow::{Context, Result};
use routes::{Budget, Pattern, Route, RouteTable};
use serde_json::json;

use crate::{
    bench::{
        SEED, best_of, checks, cost, folder, print_cost, print_ratio,
        stopwatch::{Cost, Program, Value, measure, python},
    },
    generate::{self, configurations, route_sets::RouteSet},
    tools,
    tree::Tree,
};

const FLOOR: &str = include_str!("floor.py");
const ZONE: Option<&str> = Some("shop.example");

/// The route audit on large sets, on many configurations and on one.
pub(super) fn run(tree: &Tree) -> Result<()> {
    let duplicates = RouteSet::with_duplicates(SEED);
    let overlaps = RouteSet::with_overlaps(SEED);
    println!("  10,000 routes in 200 files, 5 of them twice");
    audit(tree, "duplicates", &duplicates, "0.40; 48 MiB")?;
    println!("  2,000 routes of 20 owners, 950,000 pairs of two owners meet");
    audit(tree, "overlaps", &overlaps, "2.0")?;
    println!("  in this process");
    analysis("10,000 routes", &duplicates)?;
    analysis("950,000 pairs", &overlaps)?;
    match tools::node(tree) {
        Ok(node) => {
            many(tree, &node)?;
            one(tree, &node)
        }
        Err(err) => {
            println!("  skipped: wrangler: {err:#}");
            Ok(())
        }
    }
}

fn program(tree: &Tree, folder: &Path) -> Program {
    let root = folder.to_string_lossy().into_owned();
    let words = ["--root", &root, "run", "--gate", "route-audit"];
    Program::new("checks run --gate route-audit", checks(tree), &words).ending_with(&[0, 1])
}

/// A cold process against Python that parses the same files.
fn audit(tree: &Tree, name: &str, set: &RouteSet, target: &str) -> Result<()> {
    let folder = folder(tree, name);
    generate::write(&folder, set.files())?;
    let root = folder.to_string_lossy().into_owned();
    let floor = Program::new("python tomllib", python(tree)?, &["-I", "-S", "-c", FLOOR, &root]);
    let costs = measure(tree, 21, &[program(tree, &folder), floor])?;
    costs.iter().for_each(print_cost);
    let wall = |it| cost(&costs, it).map(Cost::wall);
    print_ratio("wall / wall of tomllib", wall(0)?, wall(1)?, target);
    Ok(())
}

/// Dead routes and pairs, against parsing the patterns.
fn analysis(name: &str, set: &RouteSet) -> Result<()> {
    let parse = || -> Result<Vec<Route>, routes::Refusal> {
        let route = |(owner, it)| {
            Ok(Route { owner, pattern: Pattern::parse(it, ZONE, &|_| false)?.into() })
        };
        set.patterns().map(route).collect()
    };
    let (parsing, parsed) = best_of(21, parse);
    let parsed = parsed?;
    let (analysing, (n_dead, n_pairs)) = best_of(21, || {
        let table = RouteTable::new(parsed.clone());
        let pairs = table.pairs(Budget::default(), &mut |_, _, _| false);
        let n_told = u64::try_from(pairs.undocumented.len() + pairs.overlaps.len());
        let n_omitted = pairs.undocumented_omitted + pairs.overlaps_omitted;
        (table.dead().len(), n_told.unwrap_or_default() + n_omitted)
    });
    println!(
        "  {name}: parse {parsing:.2} ms, index + dead + pairs {analysing:.2} ms \
         ({n_dead} dead, {n_pairs} pairs)"
    );
    let (ours, other) = (Value::of(&[analysing]), Value::of(&[parsing]));
    print_ratio("analysis / parsing", ours, other, "3 for 10,000 routes");
    Ok(())
}

/// 700 configurations against wrangler's own reader, in one process.
fn many(tree: &Tree, node: &Path) -> Result<()> {
    const COUNT: usize = 700;
    println!("  {COUNT} configurations");
    let folder = folder(tree, "configurations");
    let files: Vec<_> = configurations::files(SEED, COUNT).collect();
    let names: Vec<_> = files.iter().map(|it| folder.join(&it.0)).collect();
    generate::write(&folder, files.into_iter())?;
    let names = json!(names).to_string();
    let script = tree.root.join("tests/node/speed.mjs");
    let peer = |name: &str, rounds: &str| {
        Program::new(name, node, &[&script.to_string_lossy(), &names, rounds])
    };
    let peers = [peer("wrangler reads them", "1"), peer("wrangler starts and reads one", "0")];
    let costs =
        measure(tree, 5, &[program(tree, &folder)].into_iter().chain(peers).collect::<Vec<_>>())?;
    costs.iter().for_each(print_cost);
    let wall = |it| cost(&costs, it).map(Cost::wall);
    print_ratio("wall of wrangler / wall", wall(1)?, wall(0)?, "28 or more");
    Ok(())
}

/// One configuration against `wrangler deploy --dry-run`.
fn one(tree: &Tree, node: &Path) -> Result<()> {
    println!("  one configuration");
    let folder = folder(tree, "one");
    let config = generate::monorepo::wrangler("shop", 1);
    let module = "export default { fetch() { return new Response(\"ok\"); } };\n";
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let files = [file("wrangler.toml", &config), file("src/index.ts", module)];
    generate::write(&folder, files.into_iter())?;
    let script = tree.root.join("tests/node/node_modules/wrangler/bin/wrangler.js");
    let script = script.to_str().context("the path of this repository is UTF-8")?;
    let peer = Program::new("wrangler deploy --dry-run", node, &[script, "deploy", "--dry-run"]);
    let costs = measure(tree, 5, &[program(tree, &folder), peer.in_folder(&folder)])?;
    costs.iter().for_each(print_cost);
    let wall = |it| cost(&costs, it).map(Cost::wall);
    print_ratio("wall of wrangler / wall", wall(1)?, wall(0)?, "50 or more");
    Ok(())
}
