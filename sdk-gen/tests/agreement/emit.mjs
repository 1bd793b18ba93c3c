// Is `dist` what TypeScript emits from `src`, and is `src` without errors?
// usage: node emit.mjs SDK-FOLDER; prints "clean", or what differs.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";

const ts = createRequire(process.env.PEERS ?? import.meta.url)("typescript");
const folder = path.resolve(process.argv[2]);
const config = ts.getParsedCommandLineOfConfigFile(path.join(folder, "tsconfig.json"), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: console.log });
const program = ts.createProgram(config.fileNames, config.options);
const faults = ts.getPreEmitDiagnostics(program).map((it) => {
  const at = it.file === undefined ? "" : path.relative(folder, it.file.fileName) + ": ";
  return `error: ${at}${ts.flattenDiagnosticMessageText(it.messageText, " ")}`;
});
const printer = ts.createPrinter({ removeComments: true });
/** The text as the compiler would print its tree. */
const plain = (name, text) => printer.printFile(ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, false)).replace(/'/g, '"');
// One module statement an import is as good as two, and names stand in any order.
const sorted = (text) => text.split("\n").map((it) => it.trim()).filter((it) => it !== "").join("\n");
let compared = 0;
program.emit(undefined, (name, text) => {
  const own = readFileSync(name, "utf8");
  compared++;
  if (sorted(plain(name, own)) !== sorted(plain(name, text))) faults.push(`differs: ${path.relative(folder, name)}\n${difference(sorted(plain(name, own)), sorted(plain(name, text)))}`);
});
console.log(faults.length === 0 && compared > 0 ? "clean" : faults.slice(0, 10).join("\n"));

function difference(own, other) {
  const [left, right] = [own.split("\n"), other.split("\n")];
  const at = left.findIndex((it, idx) => it !== right[idx]);
  return `  ours:  ${left[at]}\n  tsc's: ${right[at]}`;
}
