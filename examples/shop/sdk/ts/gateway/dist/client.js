// checks:sdk v1 6db38ec64e470d7380f0d77d566842d05b2b9b8131eee3f3bcd2ae3c6b887d2f
import * as runtime from "./runtime.js";
export const base = () => "https://api.shop.example";
