// Tells how wrangler reads configuration files.
//
// In: JSON lines {file, env}; `file` relative to the working directory, `env` null for the top level.
// Out, line by line: {file, env, valid, error, parse_error, effective, warned}.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// Messages longer than this hold nothing that a test compares.
const MAX_ERROR = 400;

const require = createRequire(import.meta.url);
const warnings = [];
let wrangler;

// Loads wrangler such that it stays silent, in its corner and off the network.
async function load() {
  if (wrangler !== undefined) return;
  const corner = mkdtempSync(join(tmpdir(), "wrangler-"));
  process.on("exit", () => rmSync(corner, { recursive: true, force: true }));
  // It asks the registry for its newest version, unless it believes that it has just asked.
  const { version } = require("wrangler/package.json");
  mkdirSync(join(corner, "update-check"));
  const known = JSON.stringify({ latest: version, lastUpdate: Date.now() });
  writeFileSync(join(corner, "update-check", "wrangler-latest.json"), known);
  Object.assign(process.env, {
    CI: "true",
    TMPDIR: corner,
    WRANGLER_LOG_PATH: corner,
    WRANGLER_SEND_METRICS: "false",
    XDG_CONFIG_HOME: corner,
  });
  console.warn = (text) => warnings.push(text);
  for (const method of ["debug", "error", "info", "log"]) console[method] = () => {};
  wrangler = await import("wrangler");
}

export async function answer({ file, env }) {
  await load();
  warnings.length = 0;
  const row = { file, env, valid: true, error: null, parse_error: null, effective: null };
  try {
    const args = env === null ? { config: file } : { config: file, env };
    row.effective = effective(wrangler.unstable_readConfig(args));
  } catch (error) {
    row.valid = false;
    row.error = error.message.slice(0, MAX_ERROR);
    if (error.name === "ParseError") row.parse_error = row.error;
  }
  return { ...row, warned: warnings.length > 0 };
}

// The part of a configuration that decides what is reached, and how.
function effective(config) {
  const routes = config.routes ?? (config.route === undefined ? [] : [config.route]);
  const { assets } = config;
  return {
    name: config.name ?? null,
    routes,
    workers_dev: config.workers_dev ?? null,
    preview_urls: config.preview_urls ?? null,
    pages: config.pages_build_output_dir !== undefined,
    services: (config.services ?? []).map(service),
    assets: assets === undefined ? null : { run_worker_first: assets.run_worker_first ?? null },
  };
}

function service({ binding, service, environment, entrypoint }) {
  return { binding, service, environment, entrypoint };
}

async function main() {
  const rows = readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
  let text = "";
  for (const row of rows) text += `${JSON.stringify(await answer(JSON.parse(row)))}\n`;
  process.stdout.write(text, () => process.exit());
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
