// Every style as OpenAPI and RFC 6570 write it; what could not be read back is refused.

import assert from "node:assert/strict";
import test from "node:test";
import * as runtime from "../../src/kit/runtime.js";

const sent = async (part, input) => {
  const operation = { id: "x", method: "GET", path: "/p/{v}".slice(0, input.path ? undefined : 2), tags: [], parts: [part], responses: { 204: {} } };
  let request;
  const fetch = async (it) => ((request = it), new Response(null, { status: 204 }));
  const result = await runtime.call({ baseUrl: "https://x.example", fetch }, operation, input);
  if (result.kind === "refused") return "refused";
  const { pathname, search } = new URL(request.url);
  return input.path ? pathname.slice(3) : input.query ? search.slice(1) : request.headers.get(input.headers ? "v" : "cookie");
};
const list = ["blue", "black", "brown"];
const object = { R: 100, G: 200, B: undefined };

test("each style writes what the specification shows", async () => {
  const { inPath, inQuery, inHeader, inCookie } = runtime;
  const rows = [
    // where, style, value, written
    [inPath, undefined, "blue", "blue"],
    [inPath, undefined, 1.5, "1.5"],
    [inPath, undefined, true, "true"],
    [inPath, undefined, "a/b c", "a%2Fb%20c"],
    [inPath, undefined, "...", "..."],
    [inPath, undefined, "..", "refused"],
    [inPath, undefined, "", "refused"],
    [inPath, "simple", list, "blue,black,brown"],
    [inPath, "simple", object, "R,100,G,200"],
    [inPath, "simple", ["a,b", "c"], "a%2Cb,c"],
    [inPath, "simple", [], "refused"],
    [inPath, "simpleExploded", list, "blue,black,brown"],
    [inPath, "simpleExploded", object, "R=100,G=200"],
    [inPath, "label", "blue", ".blue"],
    [inPath, "label", list, ".blue,black,brown"],
    [inPath, "label", object, ".R,100,G,200"],
    [inPath, "labelExploded", list, ".blue.black.brown"],
    [inPath, "labelExploded", [1.5, 2], ".1%2E5.2"],
    [inPath, "labelExploded", object, ".R=100.G=200"],
    [inPath, "matrix", "blue", ";v=blue"],
    [inPath, "matrix", list, ";v=blue,black,brown"],
    [inPath, "matrix", object, ";v=R,100,G,200"],
    [inPath, "matrixExploded", list, ";v=blue;v=black;v=brown"],
    [inPath, "matrixExploded", object, ";R=100;G=200"],
    [inPath, "asJson", { a: [1] }, "%7B%22a%22%3A%5B1%5D%7D"],
    [inQuery, undefined, "a&b=c", "v=a%26b%3Dc"],
    [inQuery, undefined, "", "v="],
    [inQuery, undefined, null, "v=null"],
    [inQuery, "form", [{ a: 1 }], "v=%7B%22a%22%3A1%7D"],
    [inQuery, "form", "blue", "v=blue"],
    [inQuery, "form", list, "v=blue,black,brown"],
    [inQuery, "form", ["a,b", ""], "v=a%2Cb,"],
    [inQuery, "form", [], ""],
    [inQuery, "form", object, "v=R,100,G,200"],
    [inQuery, "formExploded", "blue", "v=blue"],
    [inQuery, "formExploded", list, "v=blue&v=black&v=brown"],
    [inQuery, "formExploded", object, "R=100&G=200"],
    [inQuery, "formExploded", {}, ""],
    [inQuery, "formExploded", { "a=b&c": "d" }, "a%3Db%26c=d"],
    [inQuery, "spaceDelimited", list, "v=blue%20black%20brown"],
    [inQuery, "spaceDelimited", object, "v=R%20100%20G%20200"],
    [inQuery, "spaceDelimited", ["a b"], "refused"],
    [inQuery, "pipeDelimited", list, "v=blue%7Cblack%7Cbrown"],
    [inQuery, "pipeDelimited", ["a|b"], "refused"],
    [inQuery, "tabDelimited", list, "v=blue%09black%09brown"],
    [inQuery, "deepObject", object, "v%5BR%5D=100&v%5BG%5D=200"],
    [inQuery, "deepObject", { a: { b: [1, 2] }, c: [{ d: 3 }] }, "v%5Ba%5D%5Bb%5D=1&v%5Ba%5D%5Bb%5D=2&v%5Bc%5D%5B0%5D%5Bd%5D=3"],
    [inQuery, "deepObject", { "a]": 1 }, "refused"],
    [inQuery, "formJson", { a: [1] }, "v=%7B%22a%22%3A%5B1%5D%7D"],
    [inHeader, undefined, "a b, c", "a b, c"],
    [inHeader, "simple", list, "blue,black,brown"],
    [inHeader, "simple", object, "R,100,G,200"],
    [inHeader, "simpleExploded", object, "R=100,G=200"],
    [inHeader, "simple", ["a,b"], "refused"],
    [inHeader, "simple", ["a", " b"], "refused"],
    [inHeader, "asJson", { a: 1 }, '{"a":1}'],
    [inCookie, undefined, "a;b", "v=a%3Bb"],
    [inCookie, "form", list, "v=blue,black,brown"],
    [inCookie, "formExploded", list, "v=blue; v=black; v=brown"],
    [inCookie, "formExploded", object, "R=100; G=200"],
    [inCookie, "formJson", { a: 1 }, "v=%7B%22a%22%3A1%7D"],
  ];
  const places = new Map([[inPath, "path"], [inQuery, "query"], [inHeader, "headers"], [inCookie, "cookies"]]);
  for (const [place, style, value, expected] of rows) {
    const written = await sent(place("v", style && runtime[style]), { [places.get(place)]: { v: value } });
    assert.equal(written, expected, `${places.get(place)} ${style} ${JSON.stringify(value)}`);
  }
});

test("reserved characters stay where they may", async () => {
  const all = ":/?#[]@!$&'()*+,;= %\"";
  assert.equal(await sent(runtime.inQuery("v", undefined, runtime.reserved), { query: { v: all } }), "v=:/?%23[]@!$%26%27()*%2B,;=%20%25%22");
  assert.equal(await sent(runtime.inQuery("v", runtime.form, runtime.reserved), { query: { v: ["a/b", "c,d"] } }), "v=a/b,c%2Cd");
  assert.equal(await sent(runtime.inPath("v", undefined, runtime.reservedInPath), { path: { v: "a/b?c:d" } }), "a%2Fb%3Fc:d");
  assert.equal(await sent(runtime.inPath("v", undefined, runtime.reservedInPath), { path: { v: ".." } }), "refused");
  assert.equal(await sent(runtime.inCookie("v", undefined, runtime.raw), { cookies: { v: "a&b%" } }), "v=a&b%");
  assert.equal(await sent(runtime.inCookie("v", undefined, runtime.raw), { cookies: { v: "a;b" } }), "refused");
});

test("names are encoded, and members of prototypes are no values", async () => {
  assert.equal(await sent(runtime.inQuery("a[]&"), { query: { "a[]&": 1 } }), "a%5B%5D%26=1");
  assert.equal(await sent(runtime.inQuery("constructor"), { query: {} }), "");
  assert.equal(await sent(runtime.inQuery("v"), { query: { v: undefined } }), "");
});
