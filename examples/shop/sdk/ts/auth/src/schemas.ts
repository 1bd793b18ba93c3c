// checks:sdk v1 de475d8327cb7cecbfc1b65312d34c631878b28fe06ea8c156e83d4051eb32dd
export type * from "./schemas/g.js";
export type * from "./schemas/p.js";
export type * from "./schemas/s.js";
