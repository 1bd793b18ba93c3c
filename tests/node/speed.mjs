// Reads configuration files as wrangler does, all of them in this process; for measurements.
//
// Arguments: a JSON list of files, and how often to read them all; the first one is read once more.
import { answer } from "./config.mjs";

async function read(file) {
  const { valid, error } = await answer({ file, env: null });
  if (!valid) throw new Error(`${file}: ${error}`);
}

const [, , files, rounds] = process.argv;
const list = JSON.parse(files);
await read(list[0]);
for (let round = 0; round < Number(rounds); round += 1) {
  for (const file of list) await read(file);
}
process.exit();
