// Measures how long wrangler takes to read configuration files, all of them in this process.
//
// Arguments: a JSON list of files, and how many rounds. Out: a JSON list of milliseconds.
import { answer } from "./config.mjs";

const [, , files, rounds] = process.argv;
const list = JSON.parse(files);
// The first answer loads wrangler, and that is not what is measured.
await answer({ file: list[0], env: null });

const times = [];
for (let round = 0; round < Number(rounds); round += 1) {
  const start = performance.now();
  for (const file of list) {
    const { valid, error } = await answer({ file, env: null });
    if (!valid) throw new Error(`${file}: ${error}`);
  }
  times.push(performance.now() - start);
}
process.stdout.write(`${JSON.stringify(times)}\n`, () => process.exit());
