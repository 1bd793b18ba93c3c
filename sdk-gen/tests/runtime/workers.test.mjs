// Both sides inside workerd, joined by a service binding.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const peers = process.env.PEERS ?? fileURLToPath(new URL("../../../tests/node/x.js", import.meta.url));
const require = createRequire(peers);
const configuration = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "caller", worker = .caller), (name = "service", worker = .service)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "caller")]
);
const caller :Workerd.Worker = (modules = [(name = "caller.js", esModule = embed "caller.js")], bindings = [(name = "SI", service = "service")], compatibilityDate = "2025-10-01");
const service :Workerd.Worker = (modules = [(name = "service.js", esModule = embed "service.js")], compatibilityDate = "2025-10-01");
`;

function installed() {
  try {
    return [require("workerd").default, require("esbuild")];
  } catch {
    return undefined;
  }
}

test("a service binding goes in as it is", async (context) => {
  const tools = installed();
  if (!tools) return context.skip("`npm ci` in tests/node first");
  const [workerd, esbuild] = tools;
  const folder = mkdtempSync(path.join(tmpdir(), "workers-"));
  let child;
  try {
    for (const name of ["caller", "service"]) {
      const entry = fileURLToPath(new URL(`workers/${name}.mjs`, import.meta.url));
      esbuild.buildSync({ entryPoints: [entry], bundle: true, format: "esm", outfile: path.join(folder, name + ".js"), nodePaths: [path.join(path.dirname(peers), "node_modules"), path.dirname(peers)] });
    }
    writeFileSync(path.join(folder, "config.capnp"), configuration);
    child = spawn(workerd, ["serve", "--control-fd=3", path.join(folder, "config.capnp")], { stdio: ["ignore", "inherit", "inherit", "pipe"] });
    const port = await new Promise((resolve, reject) => {
      let told = "";
      child.on("error", reject);
      child.on("exit", (code) => reject(new Error(`workerd ended with ${code}`)));
      child.stdio[3].on("data", (data) => {
        told += data;
        const match = /"event":"listen","socket":"http","port":(\d+)/.exec(told);
        if (match) resolve(match[1]);
      });
    });
    const found = await (await fetch(`http://127.0.0.1:${port}/`)).json();
    const input = { path: { id: "a/b" }, query: { tags: ["x", "y"] }, contentType: "application/json", body: { prompt: "hi" } };
    assert.deepEqual(found.ok, { kind: "documented", status: 200, headers: { "x-tokens": 7 }, body: { input, url: "https://service.binding/v1/ask/a%2Fb?tags=x&tags=y", key: "k" } });
    assert.deepEqual([found.invalid.kind, found.invalid.status, found.invalid.body.issues[0].pointer], ["documented", 400, "/body/prompt"]);
    assert.deepEqual(found.events, [1, { two: "a\nb" }]);
    assert.deepEqual([found.slow.reason, found.aborted.reason], ["timeout", "aborted"]);
  } finally {
    child?.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});
