import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const shop = join(here, "..", "..", "examples", "shop");

/** What `npm install` would link: the packages of this folder, and those of the example's workspaces. */
function link(home) {
  const modules = join(home, "node_modules");
  mkdirSync(join(modules, "@shop"), { recursive: true });
  for (const name of readdirSync(join(here, "node_modules"))) {
    symlinkSync(join(here, "node_modules", name), join(modules, name));
  }
  for (const name of readdirSync(join(home, "sdk", "ts"))) {
    symlinkSync(join(home, "sdk", "ts", name), join(modules, "@shop", name));
  }
}

/** Type-checks a copy of the example, or a project of it, with the compiler of this folder. */
function compile(edit = () => {}, project = ".") {
  const home = mkdtempSync(join(tmpdir(), "shop-"));
  cpSync(shop, home, { recursive: true });
  link(home);
  edit(home);
  const compiler = join(here, "node_modules", "typescript", "bin", "tsc");
  const ended = spawnSync(process.execPath, [compiler, "--noEmit", "--project", join(home, project)]);
  rmSync(home, { recursive: true });
  return { code: ended.status, output: String(ended.stdout) };
}

test("the example's Workers type-check with the versions it names", () => {
  const named = JSON.parse(readFileSync(join(shop, "package.json"), "utf8")).devDependencies;
  const own = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  const installed = { ...own.dependencies, ...own.devDependencies };
  for (const [name, version] of Object.entries(named)) assert.equal(installed[name], version, name);
  assert.deepEqual(compile(), { code: 0, output: "" });
});

test("a binding that is not in the environment does not type-check", () => {
  const { code, output } = compile((home) => {
    const file = join(home, "services", "gateway", "src", "index.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace("env.ORDERS", "env.BILLING"));
  });
  assert.notEqual(code, 0);
  assert.match(output, /BILLING/);
});

test("the example's app type-checks against the SDK of the gateway", () => {
  assert.deepEqual(compile(undefined, "apps/web"), { code: 0, output: "" });
});

test("a member that the contract does not promise does not type-check", () => {
  const { code, output } = compile((home) => {
    const file = join(home, "apps", "web", "src", "orders.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace("placed.body.error", "placed.body.reason"));
  }, "apps/web");
  assert.notEqual(code, 0);
  assert.match(output, /unknown/);
});
