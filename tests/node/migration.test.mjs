// The skeletons of `checks contract migrate`: compiled, mounted on a provider, and put to the test.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { examples } from "./migrations.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const modules = join(here, "node_modules");
const binary = process.env.CHECKS_BINARY ?? join(here, "..", "..", "target", "debug", "checks");
const NOW = "2026-11-21T08:00:00Z";
const environment = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: "", GIT_CONFIG_NOSYSTEM: "1" };
const home = mkdtempSync(join(tmpdir(), "migration-"));

function run(program, ...words) {
  const ended = spawnSync(program, words, { cwd: home, env: { ...environment, HOME: home }, encoding: "utf8" });
  assert.equal(ended.error, undefined, String(ended.error));
  return { code: ended.status, text: ended.stdout + ended.stderr };
}

function git(...words) {
  const { code, text } = run("git", "-c", "user.name=Ada", "-c", "user.email=ada@shop.example", ...words);
  assert.equal(code, 0, text);
  return text;
}

const checks = (...words) => run(binary, "--now", NOW, ...words);
const migrate = (...words) => checks("contract", "migrate", "--base", "HEAD", ...words);
const place = (path) => join(home, path);
const contractOf = ({ name }) => `contracts/${name}.openapi.json`;
const shimOf = ({ name, shim }) => `services/${name}/src/compat/${shim}.ts`;
const testOf = ({ name, consumer, shim }) => `services/${name}/test/compat/${consumer ?? shim}.test.ts`;

function write(path, text) {
  mkdirSync(dirname(place(path)), { recursive: true });
  writeFileSync(place(path), text);
}

function verdicts() {
  const report = JSON.parse(run(binary, "--now", NOW, "run", "--gate", "contract-gate", "--base", "HEAD", "--format", "json").text);
  return Object.fromEntries(report.contract.map((it) => [it.head.path, it.verdict]));
}

/** Serves until the end of a claim. */
async function served(app, claim) {
  const server = await new Promise((started) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () => started(server));
  });
  try {
    return await claim(`http://127.0.0.1:${server.address().port}`);
  } finally {
    await new Promise((closed) => server.close(closed));
  }
}

/** Which consumer tests fail against a provider, by file. */
async function failing(provider) {
  const words = [join(modules, "vitest", "vitest.mjs"), "run", "--root", home, "--reporter=json"];
  const env = { ...environment, HOME: home, PROVIDER_URL: provider };
  const vitest = spawn(process.execPath, words, { cwd: home, env });
  let text = "";
  vitest.stdout.on("data", (part) => (text += part));
  vitest.stderr.on("data", (part) => (text += part));
  await new Promise((ended) => vitest.on("close", ended));
  const found = text.indexOf('{"numTotalTestSuites"');
  assert.notEqual(found, -1, text);
  const report = JSON.parse(text.slice(found, text.lastIndexOf("}") + 1));
  const files = report.testResults.map((it) => [
    it.name.slice(it.name.indexOf("services/")),
    it.status === "passed" ? "" : it.message + it.assertionResults.flatMap((one) => one.failureMessages).join("\n"),
  ]);
  return Object.fromEntries(files);
}

before(() => {
  git("init", "--quiet", "--initial-branch=main");
  write("package.json", '{"type": "module"}\n');
  write(".gitignore", "node_modules\n.vite\n");
  write("vitest.config.mjs", 'export default { cacheDir: ".vite" };\n');
  write("tsconfig.json", JSON.stringify({
    compilerOptions: {
      strict: true, noEmit: true, noUncheckedIndexedAccess: true, noImplicitReturns: true, skipLibCheck: true,
      module: "ESNext", moduleResolution: "bundler", target: "ES2022", lib: ["ES2022", "DOM", "DOM.Iterable"], types: ["node"],
    },
    include: ["services"],
  }));
  symlinkSync(modules, place("node_modules"));
  for (const it of examples) write(contractOf(it), JSON.stringify(it.base, null, 2) + "\n");
  git("add", "--all");
  git("commit", "--quiet", "--message", "what was promised");
  for (const it of examples) write(contractOf(it), JSON.stringify(it.head, null, 2) + "\n");
});

after(() => rmSync(home, { recursive: true, force: true }));

test("every example is red, and its migration makes the gate green", () => {
  for (const [path, verdict] of Object.entries(verdicts())) assert.equal(verdict, "red", path);
  const { code, text } = migrate("--apply");
  assert.equal(code, 0, text);
  const green = verdicts();
  for (const it of examples) assert.equal(green[contractOf(it)] ?? "green", "green", it.name);
});

test("a second run changes nothing", () => {
  const state = () => git("status", "--porcelain", "--untracked-files=all") + git("stash", "create");
  git("add", "--all");
  const before = git("write-tree");
  const { code, text } = migrate("--apply");
  assert.equal(code, 0, text);
  assert.match(text, /nothing to migrate/);
  git("add", "--all");
  assert.equal(git("write-tree"), before, state());
});

test("what is generated type-checks, strictly", () => {
  const { code, text } = run(process.execPath, join(modules, "typescript", "bin", "tsc"), "--project", home);
  assert.equal(code, 0, text);
});

test("consumer tests fail on the old provider", async () => {
  const old = new Hono();
  for (const it of examples) it.old(old);
  const failures = await served(old, failing);
  assert.deepEqual(Object.keys(failures).sort(), examples.map(testOf).sort());
  for (const it of examples) assert.notEqual(failures[testOf(it)], "", `${it.name} passes on the old provider`);
});

test("consumer tests pass on the new provider, which says when the old addresses end", async () => {
  const renewed = new Hono();
  for (const it of examples) {
    if (it.shim === undefined) {
      it.renewed(renewed);
      continue;
    }
    let text = readFileSync(place(shimOf(it)), "utf8");
    for (const [from, to] of it.fill ?? []) {
      assert.ok(text.includes(from), `${it.name}: ${from}\n${text}`);
      text = text.replace(from, to);
    }
    writeFileSync(place(shimOf(it)), text);
    const shim = await import(pathToFileURL(place(shimOf(it))).href);
    const provider = new Hono();
    it.renewed(provider);
    renewed.route("/", shim[`${it.shim}Compat`]((request) => provider.fetch(request)));
    renewed.route("/", provider);
  }
  await served(renewed, async (url) => {
    const failures = await failing(url);
    for (const it of examples) assert.equal(failures[testOf(it)], "", it.name);
    for (const it of examples.filter((it) => it.ask !== undefined)) {
      const response = await fetch(url + it.ask.path, it.ask.init);
      assert.ok(response.ok, `${it.name}: ${response.status}`);
      assert.equal(response.headers.get("Deprecation"), "@1795248000", it.name);
      assert.equal(response.headers.get("Sunset"), "Thu, 03 Jun 2027 00:00:00 GMT", it.name);
      const link = it.ask.successor && `<${it.ask.successor}>; rel="successor-version"`;
      assert.equal(response.headers.get("Link"), link ?? null, it.name);
    }
  });
  const { code, text } = run(process.execPath, join(modules, "typescript", "bin", "tsc"), "--project", home);
  assert.equal(code, 0, text);
});

test("what a person filled in survives another run on the red contracts", () => {
  const edited = examples.filter((it) => it.fill !== undefined).map(shimOf);
  const before = edited.map((path) => readFileSync(place(path), "utf8"));
  for (const it of examples) write(contractOf(it), JSON.stringify(it.head, null, 2) + "\n");
  const { code, text } = migrate("--apply");
  assert.equal(code, 0, text);
  assert.match(text, /edited by hand, so kept/);
  assert.deepEqual(edited.map((path) => readFileSync(place(path), "utf8")), before);
});
