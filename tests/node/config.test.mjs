import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { answer } from "./config.mjs";
import { folder, rows } from "./corpora.mjs";

async function check(text, env, expected) {
  const home = mkdtempSync(join(tmpdir(), "config-"));
  const file = join(home, "wrangler.toml");
  writeFileSync(file, text);
  const row = await answer({ file, env });
  rmSync(home, { recursive: true });
  assert.partialDeepStrictEqual(row, expected);
}

test("an environment has its own routes and takes the name of the top level", async () => {
  const text = 'name = "api"\nroute = "api.example/*"\n[env.staging]\nworkers_dev = false\n';
  await check(text, null, { valid: true, effective: { name: "api", routes: ["api.example/*"] } });
  await check(text, "staging", { effective: { name: "api-staging", workers_dev: false } });
});

test("files that are no TOML are told apart from files that are refused", async () => {
  const message = "Invalid TOML document: invalid value";
  await check("name = \n", null, { valid: false, parse_error: message, effective: null });
  await check('name = "Not A Name"\n', null, { valid: false, parse_error: null, effective: null });
});

test("recorded answers are given again", async (t) => {
  const recorded = rows(t, "wrangler/effective.jsonl");
  const home = process.cwd();
  // Messages name the files relative to this folder.
  if (recorded.length > 0) process.chdir(join(folder(), "wrangler", "repos"));
  for (const row of recorded) {
    const given = await answer({ file: row.file.replace(/^repos\//, ""), env: row.env });
    assert.deepEqual(JSON.parse(JSON.stringify({ ...given, file: row.file })), row);
  }
  process.chdir(home);
});
