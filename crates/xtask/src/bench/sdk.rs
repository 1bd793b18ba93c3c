use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{
    bench::{
        checks, contracts, cost, folder, print_cost, print_ratio,
        stopwatch::{Program, Value, measure},
    },
    tools,
    tree::{self, Tree},
};

/// Generators that teams use today: the first two make guards as well, the last one only types.
const PEERS: [&str; 3] =
    ["@redocly/cli@2.77.0", "@hey-api/openapi-ts@0.99.0", "openapi-typescript@7.13.0"];
/// Measures what only a bundler and a running engine know.
const SCRIPT: &str = "crates/xtask/src/bench/sdk.mjs";

/// A program that calls one operation, by the SDK and by the leanest peer's types.
const CONSUMERS: [(&str, &str); 2] = [
    (
        "our consumer",
        r#"import { reposGet, type Client } from "../github/dist/index.js";
export async function fullName(client: Client): Promise<string> {
  const answer = await reposGet(client, { path: { owner: "o", repo: "r" } });
  return answer.kind === "documented" && answer.status === 200 ? answer.body.full_name : "";
}
"#,
    ),
    (
        "consumer of types",
        r#"import type { operations } from "../types/types.js";
type Answer = operations["repos/get"]["responses"][200]["content"]["application/json"];
export const fullName = (answer: Answer): string => answer.full_name;
"#,
    ),
];

/// What a bundle and a guard cost, as the script says it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    bundles: Vec<Bundle>,
    guard_nanoseconds: f64,
    ajv_nanoseconds: f64,
    zod_nanoseconds: f64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bundle {
    contract: String,
    operation: String,
    bytes: usize,
    further_bytes: Option<usize>,
}

/// Two contracts and a place for what is made of them.
struct Scene {
    node: PathBuf,
    peers: PathBuf,
    published: PathBuf,
    gateway: PathBuf,
    out: PathBuf,
}

/// The SDK of a contract of 13 MB and of a small one, against generators that teams use today.
pub(super) fn run(tree: &Tree) -> Result<()> {
    let scene = match Scene::new(tree) {
        Ok(scene) => scene,
        Err(err) => {
            println!("  skipped: {err:#}");
            return Ok(());
        }
    };
    generation(tree, &scene)?;
    repeats(tree, &scene)?;
    type_check(tree, &scene)?;
    consumer_check(tree, &scene)?;
    told(tree, &scene)
}

impl Scene {
    fn new(tree: &Tree) -> Result<Self> {
        let node = tools::node(tree)?;
        let peers = folder(tree, "sdk-peers");
        let stamp = peers.join("installed");
        let wanted = PEERS.join(" ");
        if fs::read_to_string(&stamp).ok().as_ref() != Some(&wanted) {
            fs::create_dir_all(&peers).context("cannot make the folder of the peers")?;
            let mut install = tree.command("npm");
            install.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]);
            tree::answer(install.arg(&peers).args(PEERS))?;
            fs::write(&stamp, wanted).context("cannot note which peers are installed")?;
        }
        let published = contracts::published(tree)?;
        let gateway = tree.root.join("examples/shop/contracts/gateway.openapi.json");
        let out = folder(tree, "sdk");
        fs::create_dir_all(&out).context("cannot make the folder of the SDKs")?;
        Ok(Self { node, peers, published, gateway, out })
    }

    fn ours(&self, tree: &Tree, name: &str, contract: &Path, out: &str) -> Program {
        let (contract, out) = (contract.to_string_lossy(), self.out.join(out));
        let out = out.to_string_lossy();
        let words = ["sdk", "generate", "--contract", &contract, "--out", &out];
        Program::new(name, checks(tree), &words)
    }

    /// A peer: what it is called, its script, and its words with CONTRACT and OUT.
    fn peer(&self, name: &str, script: &str, words: &str) -> Program {
        let script = self.peers.join("node_modules").join(script);
        let out = self.out.join(name);
        let [script, contract, out_text] =
            [&script, &self.published, &out].map(|it| it.to_string_lossy().into_owned());
        let words = words.split(' ').map(|it| it.replace("CONTRACT", &contract));
        let words: Vec<String> = words.map(|it| it.replace("OUT", &out_text)).collect();
        let all: Vec<&str> =
            std::iter::once(script.as_str()).chain(words.iter().map(String::as_str)).collect();
        Program::new(name, &self.node, &all).forgetting(out)
    }

    fn compiled(&self, tree: &Tree, name: &str, folder: &Path) -> Program {
        let compiler = tree.root.join("tests/node/node_modules/typescript-7/bin/tsc");
        let (compiler, folder) = (compiler.to_string_lossy(), folder.to_string_lossy());
        Program::new(name, &self.node, &[&compiler, "--noEmit", "-p", &folder])
    }
}

/// Types, client, guards and Zod of the large contract.
fn generation(tree: &Tree, scene: &Scene) -> Result<()> {
    println!("  the published contract of GitHub: types, client, guards, Zod");
    let ours = scene.ours(tree, "checks sdk generate", &scene.published, "github");
    let programs = [
        ours.forgetting(scene.out.join("github")),
        scene.peer(
            "redocly",
            "@redocly/cli/bin/cli.js",
            "generate-client CONTRACT --output OUT/client.ts --generator typescript --generator zod",
        ),
        scene.peer(
            "hey-api",
            "@hey-api/openapi-ts/bin/run.js",
            "-i CONTRACT -o OUT -c @hey-api/client-fetch -p @hey-api/typescript @hey-api/sdk zod -s --no-log-file",
        ),
    ];
    let costs = measure(tree, 3, &programs)?;
    costs.iter().for_each(print_cost);
    let [ours, redocly, hey_api] = &costs[..] else { return Ok(()) };
    print_ratio("CPU of redocly / CPU", redocly.cpu(), ours.cpu(), "10, aim 20");
    print_ratio("CPU of hey-api / CPU", hey_api.cpu(), ours.cpu(), "20");
    print_ratio("peak / peak of redocly", ours.peak(), redocly.peak(), "0.2, and 80 MiB");
    Ok(())
}

/// Nothing changed: what a second run costs over an empty one.
fn repeats(tree: &Tree, scene: &Scene) -> Result<()> {
    println!("  the contract of the example, nothing changed");
    let first = scene.ours(tree, "first", &scene.gateway, "gateway");
    measure(tree, 0, &[first])?;
    let programs = [
        scene.ours(tree, "checks sdk generate", &scene.gateway, "gateway"),
        Program::new("checks --version", checks(tree), &["--version"]),
    ];
    let costs = measure(tree, 21, &programs)?;
    costs.iter().for_each(print_cost);
    let (ours, floor) = (cost(&costs, 0)?, cost(&costs, 1)?);
    let over = ours.cpu().median - floor.cpu().median;
    println!("  = CPU over an empty run             {over:8.1} ms (median)   target 5 ms");
    Ok(())
}

/// How long the compiler looks at what was made, against the types of the leanest peer.
fn type_check(tree: &Tree, scene: &Scene) -> Result<()> {
    println!("  type-check of GitHub's SDK, strict, TypeScript 7");
    let lean = scene.peer("types", "openapi-typescript/bin/cli.js", "CONTRACT -o OUT/types.ts");
    measure(tree, 0, &[lean])?;
    let github = scene.out.join("github");
    let flags = fs::read_to_string(github.join("tsconfig.json"))?.replace("\"src\"", "\".\"");
    fs::write(scene.out.join("types/tsconfig.json"), flags)?;
    // The SDK's Zod schemas import Zod, which is found from here upwards.
    link(&tree.root.join("tests/node/node_modules"), &scene.out.join("node_modules"))?;
    let ours = scene.compiled(tree, "our SDK", &github);
    let types = scene.compiled(tree, "types alone", &scene.out.join("types"));
    compare(tree, &[ours.ending_with(&[0, 1, 2]), types.ending_with(&[0, 1, 2])])
}

/// How long it looks at a program that uses one operation: what those who use an SDK wait for.
fn consumer_check(tree: &Tree, scene: &Scene) -> Result<()> {
    println!("  type-check of a program that uses one operation of it");
    let flags = fs::read_to_string(scene.out.join("types/tsconfig.json"))?;
    let flags = flags.replace("\"rootDir\": \".\"", "\"rootDir\": \"..\"");
    let mut programs = Vec::new();
    for (name, text) in CONSUMERS {
        let folder = scene.out.join(name.replace(' ', "-"));
        fs::create_dir_all(&folder).context("cannot make the folder of a consumer")?;
        fs::write(folder.join("package.json"), "{\"type\": \"module\"}\n")?;
        fs::write(folder.join("tsconfig.json"), &flags)?;
        fs::write(folder.join("main.ts"), text)?;
        programs.push(scene.compiled(tree, name, &folder));
    }
    compare(tree, &programs)
}

fn compare(tree: &Tree, programs: &[Program]) -> Result<()> {
    let costs = measure(tree, 3, programs)?;
    costs.iter().for_each(print_cost);
    let (ours, other) = (cost(&costs, 0)?, cost(&costs, 1)?);
    print_ratio("wall / openapi-typescript's", ours.wall(), other.wall(), "1.5, aim 1");
    Ok(())
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> Result<()> {
    fs::remove_file(to).ok();
    std::os::unix::fs::symlink(from, to).context("cannot link the packages")
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> Result<()> {
    anyhow::bail!("this measurement needs symbolic links")
}

/// Bytes of a bundle with one operation, and the time of a guard.
fn told(tree: &Tree, scene: &Scene) -> Result<()> {
    println!("  bundles (esbuild, minified, gzip) and guards");
    let mut command = tree.command(&scene.node);
    command.arg(tree.root.join(SCRIPT)).arg(tree.root.join("tests/node")).arg(&scene.out);
    command.arg(checks(tree)).args(["gateway", "github"]);
    let told: Told = serde_json::from_str(tree::answer(&mut command)?.trim())
        .context("the script tells something else")?;
    for Bundle { contract, operation, bytes, further_bytes } in &told.bundles {
        let further = further_bytes.map_or_else(String::new, |it| {
            format!("   one more operation {it} bytes   target 300")
        });
        println!(
            "  {contract:10} {operation:34} {bytes:6} bytes   target 2,600, aim 2,200{further}"
        );
    }
    println!(
        "  guard {:.1} ns   ajv standalone {:.1} ns   Zod {:.1} ns",
        told.guard_nanoseconds, told.ajv_nanoseconds, told.zod_nanoseconds
    );
    let value = |it: f64| Value::of(&[it]);
    let (ours, ajv) = (value(told.guard_nanoseconds), value(told.ajv_nanoseconds));
    print_ratio("guard / ajv standalone", ours, ajv, "1.5, aim 1");
    Ok(())
}
