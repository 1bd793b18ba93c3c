// Answers which Worker miniflare's own router would run.
//
// In: JSON lines {id, workers: [[owner, [pattern…]]…], url}, in the order in which they were inserted.
// Out, line by line: {id, winner} with null for none, or {id, error} for a set that the router refuses.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { matchRoutes, parseRoutes } from "miniflare";

export function answer({ id, workers, url }) {
  try {
    const routes = parseRoutes(new Map(workers));
    if (url === undefined) return { id, winner: null };
    return { id, winner: matchRoutes(routes, new URL(url)) };
  } catch (error) {
    return { id, error: error.code ?? error.name };
  }
}

async function main() {
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  for await (const line of lines) {
    if (line !== "") write(answer(JSON.parse(line)));
  }
  flush();
}

// One write per line costs more than the router.
let pending = "";
function write(row) {
  pending += `${JSON.stringify(row)}\n`;
  if (pending.length > 65_536) flush();
}
function flush() {
  process.stdout.write(pending);
  pending = "";
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
