// Streams over a real socket, cut anywhere.

import assert from "node:assert/strict";
import test from "node:test";
import * as runtime from "../../src/kit/runtime.js";
import { having, serve } from "./loopback.mjs";

const operation = (read, type = "text/event-stream") => ({ id: "ask", method: "GET", path: "/", tags: [], accept: type, responses: { 200: { content: { [type]: { read } } }, 204: {} } });
/** Writes bytes in pieces, each in a packet of its own. */
const inPieces = (bytes, size) => async (_, response) => {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  response.socket.setNoDelay(true);
  for (let at = 0; at < bytes.length; at += size) {
    response.write(bytes.subarray(at, at + size));
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
};
const collect = async (client, it, options = {}) => {
  const result = await runtime.call(client, it, {}, options);
  assert.equal(result.kind, "documented");
  const found = [];
  for await (const value of result.body) found.push(value);
  return found;
};

const lines = ['\ufeffdata: {"t":"hé"}', "", ": a comment", "event: x", "id: 7", "data: {", 'data:"t":"two"', "data: }", "", "retry: 1500", "", "data", "data: 3", "", "other: y", "id: no\0ne", "data: 4", "", "data: [DONE]", "", "data: 5", "", ""];
const told = [
  { id: undefined, event: undefined, retry: undefined, data: '{"t":"hé"}' },
  { id: "7", event: "x", retry: undefined, data: '{\n"t":"two"\n}' },
  { id: undefined, event: undefined, retry: 1500, data: "" },
  { id: undefined, event: undefined, retry: undefined, data: "\n3" },
  { id: undefined, event: undefined, retry: undefined, data: "4" },
  { id: undefined, event: undefined, retry: undefined, data: "[DONE]" },
];

test("events are the same however lines end and bytes are cut", async () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    for (const size of [1, 2, 3, 7, 10_000]) {
      const client = await serve(inPieces(Buffer.from(lines.join(end)), size));
      const seen = [];
      const found = await collect(client, operation(runtime.events()), { onEvent: (it) => seen.push(it) });
      assert.deepEqual(found, [{ t: "hé" }, { t: "two" }, 3, 4], `${JSON.stringify(end)} ${size}`);
      assert.deepEqual(seen, told);
    }
  }
});

test("an item is the data of an event, or the event itself, as the contract has it", async () => {
  const text = 'event: tick\nid: 7\nretry: 20\ndata: {"a":1}\n\ndata: plain\n\n';
  const isEvent = (it) => typeof it === "object" && it !== null && typeof it.data === "string";
  const isData = (it) => it === "plain" || it?.a === 1;
  for (const [is, expected] of [[isEvent, [{ data: '{"a":1}', event: "tick", id: "7", retry: 20 }, { data: "plain" }]], [isData, [{ a: 1 }, "plain"]]]) {
    for (const validate of ["result", "off"]) {
      const client = await serve(inPieces(Buffer.from(text), 5));
      assert.deepEqual(await collect(client, operation(runtime.events({ is, issues: () => [] })), { validate }), expected);
    }
  }
});

test("an event comes before the next byte does", async () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    let go;
    const client = await serve((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).write(`data: 1${end}${end}`);
      go = () => response.end(`data: 2${end}${end}`);
    });
    const { body } = await runtime.call(client, operation(runtime.events()));
    assert.deepEqual((await body.next()).value, 1);
    go();
    assert.deepEqual([(await body.next()).value, (await body.next()).done], [2, true]);
  }
});

test("an event that is cut off is none, and another end can be agreed on", async () => {
  const cut = await serve(inPieces(Buffer.from("data: 1\n\ndata: 2\n"), 99));
  assert.deepEqual(await collect(cut, operation(runtime.events())), [1]);
  const end = await serve(inPieces(Buffer.from("data: 1\n\ndata: [DONE]\n\ndata: bye\n\ndata: 2\n\n"), 99));
  assert.deepEqual(await collect(end, operation(runtime.events({ end: "bye" }))), [1, "[DONE]"]);
});

test("leaving the loop closes the connection", async () => {
  let closed;
  const isClosed = new Promise((resolve) => (closed = resolve));
  const client = await serve((_, response) => {
    response.on("close", closed);
    response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\ndata: 2\n\n");
  });
  const result = await runtime.call(client, operation(runtime.events()));
  for await (const value of result.body) {
    assert.equal(value, 1);
    break;
  }
  await isClosed;
});

test("a violation throws inside the loop, or is told, or is not looked for", async () => {
  const text = Buffer.from('data: {"a":1}\n\ndata: {"b":2}\n\ndata: {\n\ndata: {"a":3}\n\n');
  const run = async (options) => {
    const seen = [];
    const found = [];
    const client = { ...(await serve(inPieces(text, 99))), onViolation: (...all) => seen.push([all[0], all[1], all[2][0].keyword]) };
    const { body } = await runtime.call(client, operation(runtime.events(having("a"))), {}, options);
    try {
      for await (const value of body) found.push(value);
    } catch (error) {
      assert.ok(error instanceof runtime.SdkError);
      found.push(error.issues[0].path[0], error.result.kind);
    }
    return [found, seen];
  };
  assert.deepEqual(await run({}), [[{ a: 1 }, "a", "contract"], [["ask", 200, "required"]]]);
  assert.deepEqual(await run({ validate: "report" }), [[{ a: 1 }, { b: 2 }, "{", { a: 3 }], [["ask", 200, "required"], ["ask", 200, "json"]]]);
  assert.deepEqual(await run({ validate: "off" }), [[{ a: 1 }, { b: 2 }, "{", { a: 3 }], []]);
});

test("texts are texts where the contract has texts", async () => {
  const guard = { is: (it) => typeof it === "string", issues: () => [] };
  const client = await serve(inPieces(Buffer.from('data: hello\n\ndata: 12\n\ndata: "quoted"\n\n'), 99));
  assert.deepEqual(await collect(client, operation(runtime.events(guard))), ["hello", "12", "quoted"]);
});

test("a lost stream and an abort throw inside the loop", async () => {
  const lost = await serve((request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
    setTimeout(() => request.socket.destroy(), 10);
  });
  await assert.rejects(collect(lost, operation(runtime.events())), (it) => it.result.kind === "transport" && it.result.reason === "network");
  const stop = new AbortController();
  const hanging = await serve((_, response) => response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n"));
  const { body } = await runtime.call(hanging, operation(runtime.events()), {}, { signal: stop.signal });
  assert.equal((await body.next()).value, 1);
  stop.abort();
  await assert.rejects(body.next(), (it) => it.result.reason === "aborted");
});

test("the time of an attempt ends with the head of a stream", async () => {
  const encoder = new TextEncoder();
  const body = () => new ReadableStream({
    start: (it) => {
      it.enqueue(encoder.encode("data: 1\n\n"));
      setTimeout(() => (it.enqueue(encoder.encode("data: 2\n\n")), it.close()), 60);
    },
  });
  const fetch = async () => new Response(body(), { headers: { "content-type": "text/event-stream" } });
  assert.deepEqual(await collect({ baseUrl: "https://x.example", fetch }, operation(runtime.events()), { timeoutMs: 20 }), [1, 2]);
});

test("a stream is resumed after the last event that was seen", async () => {
  const client = await serve((request, response, _, n) => {
    if (n === 4) return response.writeHead(204).end();
    response.writeHead(200, { "content-type": "text/event-stream" }).write(`retry: ${n}\nid: ${n}\ndata: ${n}\n\n`);
    if (n === 2) response.end();
    else setTimeout(() => request.socket.destroy(), 5);
  });
  const pauses = [];
  const found = await collect({ ...client, sleep: async (ms) => void pauses.push(ms) }, operation(runtime.events({ reconnect: true })));
  assert.deepEqual([found, pauses], [[1, 2, 3], [1, 2, 3]]);
  assert.deepEqual(client.seen.map((it) => it.headers["last-event-id"]), [undefined, "1", "2", "3"]);
  const gone = await serve((_, response, __, n) => (n === 1 ? response.writeHead(200, { "content-type": "text/event-stream" }).end("data: 1\n\n") : response.writeHead(500).end()));
  await assert.rejects(collect({ ...gone, sleep: async () => {} }, operation(runtime.events({ reconnect: true }))), (it) => it.result.status === 500);
  const silent = await serve((_, response) => response.writeHead(200, { "content-type": "text/event-stream" }).end());
  assert.deepEqual(await collect({ ...silent, sleep: async () => {} }, operation(runtime.events({ reconnect: true }))), []);
  assert.equal(silent.seen.length, 4);
});

test("lines and records are values", async () => {
  const rows = [
    [runtime.jsonLines, '{"a":1}\n\r\n[2]\n"last"', [{ a: 1 }, [2], "last"]],
    [runtime.jsonSequence, '\x1e{"a":1}\n\x1e[\n2,\n3]\n\x1e"x\\u001e"\n\x1e4', [{ a: 1 }, [2, 3], "x\x1e", 4]],
  ];
  for (const [read, text, expected] of rows) {
    for (const size of [1, 3, 99]) {
      const client = await serve(async (_, response) => {
        response.writeHead(200, { "content-type": "application/jsonl" });
        for (let at = 0; at < text.length; at += size) response.write(text.slice(at, at + size));
        response.end();
      });
      assert.deepEqual(await collect(client, operation(read(), "application/jsonl")), expected);
    }
  }
});

test("bytes come as a stream where the contract wants that", async () => {
  const client = await serve((_, response) => response.writeHead(200, { "content-type": "application/octet-stream" }).end("abc"));
  const result = await runtime.call(client, operation(runtime.stream, "application/octet-stream"));
  assert.equal(await new Response(result.body).text(), "abc");
});
