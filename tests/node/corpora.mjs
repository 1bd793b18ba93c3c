// Recorded answers. They are too large for this repository and may lie beside it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function folder() {
  const beside = join(import.meta.dirname, "..", "..", "..", "shared", "corpora");
  return process.env.PROOFMARK_CORPORA ?? beside;
}

// The rows of one file; none, and a skipped test, if it is not here.
export function rows(t, name) {
  const file = join(folder(), name);
  if (!existsSync(file)) {
    t.skip(`no corpora beside the repository (${name})`);
    return [];
  }
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}
