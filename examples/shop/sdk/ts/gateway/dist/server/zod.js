// checks:sdk v1 adf14d00d5901d97f0ec7cffdb0309b1534d0f120ac0e6d5c9fbdc1fc849b180
export * from "./zod/operations/default.js";
