// checks:sdk v1 fb756152eaedc6417b2b131a255e9ab7bddae476b266d2c8ec33df22ae7e32aa
export type * from "./schemas/g.js";
export type * from "./schemas/n.js";
export type * from "./schemas/o.js";
export type * from "./schemas/p.js";
export type * from "./schemas/r.js";
export type * from "./schemas/s.js";
