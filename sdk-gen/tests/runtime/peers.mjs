// The packages of `tests/node`.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.PEERS ?? new URL("../../../tests/node/x.js", import.meta.url));
export const peer = (name) => import(pathToFileURL(require.resolve(name)).href);
