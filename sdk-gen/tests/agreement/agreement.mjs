// Do guards, issues, Zod and ajv say the same of every value?
// usage: node agreement.mjs CONTRACT.json SDK-FOLDER VALUES-PER-COMPONENT SEED [VALUES-OUT [DOCUMENT-OUT]]
// Prints one line of JSON a disagreement, and a summary at the end.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { oracle } from "./oracle.mjs";
import { mutated, pool, random, sample } from "./values.mjs";

const [contractPath, folder, countText, seedText, out, documentOut] = process.argv.slice(2);
const contract = JSON.parse(readFileSync(contractPath, "utf8"));
const load = (name) => import(pathToFileURL(path.resolve(folder, "dist", name)));
const { guards } = await load("guards.js");
const zod = existsSync(path.join(folder, "dist/zod.js")) ? (await load("zod.js")).schemas : undefined;
const dice = random(Number(seedText));
const { tests, schemas, inside, document: rewritten } = oracle(contract);
if (documentOut !== undefined) writeFileSync(documentOut, JSON.stringify(rewritten));
const document = { components: { schemas: inside }, definitions: inside };
const resolve = (ref) => {
  if (!ref.startsWith("#/")) return undefined;
  const names = decodeURIComponent(ref).slice(2).split("/").map((it) => it.replaceAll("~1", "/").replaceAll("~0", "~"));
  return names.reduce((value, name) => value?.[name], document);
};

const summary = { components: 0, values: 0, valid: 0, skipped: [], incomplete: [], disagreements: 0, fallback: 0 };
const lines = [];
for (const [name, schema] of Object.entries(schemas)) {
  const test = tests.get(name);
  const guard = guards[name];
  if (guard === undefined) {
    summary.disagreements++;
    console.log(JSON.stringify({ name, missing: true }));
    continue;
  }
  if (typeof test === "string") {
    summary.skipped.push(`${name}: ${test}`);
    continue;
  }
  summary.components++;
  if (!guard.complete) summary.incomplete.push(name);
  for (const value of values(schema)) judge(name, guard, test, value);
}
if (out !== undefined) writeFileSync(out, lines.join(""));
console.log(JSON.stringify(summary));

function* values(schema) {
  const count = Number(countText);
  if (count >= pool.length) yield* pool;
  for (let at = 0; at < count; at++) {
    let value = sample(schema, { dice, resolve });
    yield value;
    for (let more = dice.below(3); more > 0; more--) {
      value = mutated(value, dice);
      yield value;
    }
  }
}

function judge(name, guard, test, value) {
  const before = JSON.stringify(value);
  const expected = test(value);
  summary.values++;
  if (expected) summary.valid++;
  const is = guard.is(value);
  const issues = guard.issues(value);
  const standard = guard["~standard"].validate(value);
  const found = { is, issues: issues.length === 0, standard: standard.issues === undefined };
  if (zod?.[name] !== undefined) {
    const parsed = zod[name].safeParse(value);
    found.zod = parsed.success;
    found.data = !parsed.success || isDeepStrictEqual(parsed.data, value);
  }
  if (issues.some((it) => it.keyword === "schema")) summary.fallback++;
  const { data = true, ...said } = found;
  const whole = Object.values(said).every((it) => it === is) && data && JSON.stringify(value) === before;
  const explained = !issues.some((it) => it.keyword === "schema");
  // A second judge reads these: `agree` is about our own parts, `ajv` about the peer.
  // Half a surrogate pair is no text for the second judge.
  if (out !== undefined && !/\\ud[89a-f]/.test(before)) lines.push(JSON.stringify({ name, value, is, ajv: expected, agree: whole && explained }) + "\n");
  const agree = whole && is === expected;
  if (agree && explained) return;
  summary.disagreements++;
  console.log(JSON.stringify({ name, value, expected, found, issues: issues.slice(0, 3), ajv: test.errors?.slice(0, 1) }));
}
