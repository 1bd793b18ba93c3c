import assert from "node:assert/strict";
import { test } from "node:test";
import { rows } from "./corpora.mjs";
import { answer } from "./router.mjs";

const check = (workers, url, expected) =>
  assert.deepEqual(answer({ id: 1, workers, url }), { id: 1, ...expected });

test("the most specific route wins", () => {
  const workers = [["all", ["shop.example/*"]], ["images", ["shop.example/images/*"]]];
  check(workers, "https://shop.example/images/a.png", { winner: "images" });
  check(workers, "https://shop.example/", { winner: "all" });
  check(workers, "https://other.example/", { winner: null });
});

test("sets that the router refuses have an error and no winner", () => {
  check([["a", ["shop.example/?a=*"]]], "https://shop.example/", { error: "ERR_QUERY_STRING" });
  check([["a", ["shop.example/*.jpg"]]], "https://shop.example/", { error: "ERR_INFIX_WILDCARD" });
});

test("recorded answers are given again", (t) => {
  const recorded = rows(t, "wrangler/route-oracle.jsonl");
  for (const { id, workers, url, winner, error } of recorded) {
    const expected = error === undefined ? { id, winner } : { id, error };
    assert.deepEqual(answer({ id, workers, url }), expected, JSON.stringify(workers));
  }
});
