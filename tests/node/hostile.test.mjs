// Contracts are texts of strangers: none of their names becomes code, a path or markup.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = fileURLToPath(new URL(".", import.meta.url));
const modules = join(here, "node_modules");
const binary = process.env.CHECKS_BINARY ?? join(here, "..", "..", "target", "debug", "checks");
const outer = mkdtempSync(join(tmpdir(), "hostile-"));
const home = join(outer, "repository");
const FILE = "contracts/a b`$(touch planted)`.openapi.json";
const NAMES = [
  "*/ planted(); /*", "`${planted()}`", "a\nplanted();//", "a\r\u2028planted();", "</script><img src=x onerror=planted()>",
  "__proto__", "constructor", "delete", "🎉", "x".repeat(300), "../../planted", "..", "\"'; planted(); '", "\\",
  "@vitest-environment planted", "//# sourceMappingURL=planted.map", "\u202edetnalp", "// @ts-nocheck", "con", "",
  "![x](https://planted.example/x.png) @team", "a|b", "```\n# planted",
];

const bare = (text) => text.replace(/[{}]/g, "");

function contract(isHead) {
  const paths = {};
  const schemas = {};
  NAMES.forEach((name, idx) => {
    const member = name || "empty";
    const added = isHead ? [`new ${name}`] : [];
    schemas[`S${idx}`] = {
      type: "object",
      required: [member, "z", ...added],
      properties: Object.fromEntries([
        [member, { type: "string", description: name, ...(isHead ? { minLength: 2 } : {}) }],
        ["z", { enum: [name, "q"], description: name }],
        ["n", { const: name }],
        ...added.map((it) => [it, { type: "string" }]),
      ]),
    };
    const answer = {
      type: "object",
      required: ["r"],
      properties: Object.fromEntries([["r", { type: isHead ? ["string", "null"] : "string" }], [member, { type: "integer" }]]),
    };
    const json = (schema) => ({ "application/json": { schema } });
    paths[`/p${idx}/${bare(name)}`] = {
      post: {
        operationId: name,
        summary: name,
        description: name,
        tags: [name],
        parameters: [{ name: name || "q", in: "query", schema: { type: "string", ...(isHead ? { maxLength: 3 } : {}) } }],
        requestBody: { required: true, description: name, content: json({ $ref: `#/components/schemas/S${idx}` }) },
        responses: { 200: { description: name, content: json(answer) } },
      },
    };
    if (!isHead) {
      paths[`/gone${idx}/{a}-${bare(name)}`] = {
        get: {
          operationId: `gone ${name}`,
          parameters: [{ name: "a", in: "path", required: true, schema: { type: "string" } }],
          responses: { 200: { description: name } },
        },
      };
    }
  });
  const info = { title: NAMES.join(" "), version: `1${NAMES[2]}`, description: NAMES.join("\n") };
  return JSON.stringify({ openapi: "3.1.0", info, paths, components: { schemas } }, null, 2) + "\n";
}

function run(program, ...words) {
  const env = { PATH: process.env.PATH, HOME: home, GIT_CONFIG_GLOBAL: "", GIT_CONFIG_NOSYSTEM: "1" };
  const ended = spawnSync(program, words, { cwd: home, env, encoding: "utf8" });
  return { code: ended.status, text: ended.stdout + ended.stderr, stdout: ended.stdout };
}

const git = (...words) => {
  const { code, text } = run("git", "-c", "user.name=Ada", "-c", "user.email=ada@shop.example", ...words);
  assert.equal(code, 0, text);
  return text;
};
const checks = (...words) => run(binary, "--now", "2026-11-21T08:00:00Z", ...words);

before(() => {
  mkdirSync(join(home, "contracts"), { recursive: true });
  git("init", "--quiet", "--initial-branch=main");
  writeFileSync(join(home, FILE), contract(false));
  git("add", "--all");
  git("commit", "--quiet", "--message", "base");
  writeFileSync(join(home, FILE), contract(true));
});

after(() => rmSync(outer, { recursive: true, force: true }));

test("the patch applies, and writes below the folders it names only", () => {
  const { code, text } = checks("contract", "migrate", "--base", "HEAD");
  assert.equal(code, 0, text);
  const plans = join(home, ".git", "checks", "migrations");
  const [plan] = readdirSync(plans);
  git("apply", join(plans, plan, "migration.patch"));
  assert.match(checks("contract", "migrate", "--base", "HEAD").text, /nothing to migrate/);
  const folders = readdirSync(home).sort();
  assert.deepEqual(folders, [".git", "CHANGELOG.md", "contracts", "docs", "services"]);
  assert.deepEqual(readdirSync(outer), ["repository"]);
  assert.deepEqual(readdirSync(join(home, "services")), [plan]);
  assert.ok(!existsSync(join(home, "planted")), "nothing is executed");
});

test("no name becomes code, and what is generated type-checks", () => {
  const files = readdirSync(join(home, "services"), { recursive: true }).filter((it) => it.endsWith(".ts"));
  assert.ok(files.length >= 3 * NAMES.length, String(files.length));
  for (const file of files) {
    const text = readFileSync(join(home, "services", file), "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    assert.deepEqual(source.parseDiagnostics, [], file);
    const visit = (node) => {
      if (ts.isIdentifier(node)) assert.ok(!/^planted$/.test(node.text), `${file}: ${node.parent.getText()}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
    assert.ok(!/@vitest-environment|sourceMappingURL=|[\u2028\u2029\u202e]/.test(text), file);
  }
  symlinkSync(modules, join(home, "node_modules"));
  writeFileSync(join(home, "package.json"), '{"type": "module"}');
  writeFileSync(join(home, "tsconfig.json"), JSON.stringify({
    compilerOptions: {
      strict: true, noEmit: true, skipLibCheck: true, module: "ESNext", moduleResolution: "bundler",
      target: "ES2022", lib: ["ES2022", "DOM", "DOM.Iterable"], types: ["node"],
    },
    include: ["services"],
  }));
  const { code, text } = run(process.execPath, join(modules, "typescript", "bin", "tsc"), "--project", home);
  assert.equal(code, 0, text);
});

test("no name becomes markup", () => {
  writeFileSync(join(home, FILE), contract(true));
  const plans = join(home, ".git", "checks", "migrations");
  const body = readFileSync(join(plans, readdirSync(plans)[0], "pr-body.md"), "utf8");
  const words = ["contract", "changelog", `HEAD:${FILE}`, FILE, "--format"];
  const markdown = checks(...words, "markdown").stdout;
  for (const text of [body, markdown, readFileSync(join(home, "CHANGELOG.md"), "utf8")]) {
    // Outside of code and of fences nothing of the names is left that markdown acts upon.
    let fence;
    for (const line of text.split("\n")) {
      const mark = /^ *(`{3,})$/.exec(line)?.[1];
      if (fence === undefined && mark !== undefined) fence = mark;
      else if (fence !== undefined && mark === fence) fence = undefined;
      else if (fence === undefined) {
        const plain = line.replace(/(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
        assert.ok(!/<img|<script|[^\\]!\[|@team|^ *# planted/.test(plain), plain);
      }
    }
    assert.ok(!/[\u2028\u2029\u202e\r]/.test(text));
  }
  const html = checks(...words, "html").stdout;
  assert.ok(!/<img|<script|onerror=planted\(\)>/.test(html) && !/[\u202e]/.test(html));
  assert.ok(html.includes("&lt;img"), "the names are told");
});
