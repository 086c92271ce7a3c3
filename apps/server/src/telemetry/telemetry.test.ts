import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, petition, seedPeople, startTestServer, type TestServer } from "../testing/index.ts";
import { openTraces } from "./traces.ts";

interface SentSpan {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status?: { readonly code?: number; readonly message?: string };
}

/** A real collector: what came is looked at as it came. */
const bodies: string[] = [];
let collector: Server;
let server: TestServer;
let units: ReadonlyMap<string, string>;

beforeAll(async () => {
  collector = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (piece) => {
      body += piece;
    });
    request.on("end", () => {
      bodies.push(body);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => {
    collector.listen(0, "127.0.0.1", resolve);
  });
  const tracesTo = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  server = await startTestServer({ env: { tracesTo } });
  ({ units } = await seedPeople(server, [{ code: "root" }], []));
}, 60_000);
afterAll(async () => {
  await server.stop();
  collector.close();
});

const sample = (more = {}) => petition("a-key-for-the-traces", units.get("root"), more);

const spans = (): readonly SentSpan[] =>
  bodies.flatMap((body) =>
    JSON.parse(body).resourceSpans.flatMap((resource: { scopeSpans: { spans: SentSpan[] }[] }) =>
      resource.scopeSpans.flatMap((scope) => scope.spans),
    ),
  );

test("a request is one trace from its arrival to its statements, and figures tell how it went, without what was in it", async () => {
  const browser = openBrowser(server.url);
  expect((await browser.post("/rpc/intake.file", sample())).status).toBe(200);
  expect((await browser.post("/rpc/intake.file", sample({ title: "别的" }))).code).toBe("key.reused");

  const figures = (await browser.get("/metrics")).text;
  for (const line of [
    'doorstep_part_seconds_count{kind="procedure",name="intake.file",outcome="ok"} 1',
    'doorstep_part_seconds_count{kind="procedure",name="intake.file",outcome="refused"} 1',
    'doorstep_part_seconds_count{kind="worker",name="sweep",outcome="ok"}',
    "doorstep_statement_seconds_count ",
    // how many wait for one is the workers' affair at that moment
    'doorstep_database_connections{state="waiting"} ',
    "doorstep_events_parked 0",
    "doorstep_events_behind_seconds ",
  ])
    expect(figures).toContain(line);

  // what waits is sent when the server stops
  await server.stop();
  const all = spans();
  // batches of spans arrive in no certain order
  const asked = all.filter(({ name }) => name === "procedure intake.file");
  const filing = asked.find(({ status }) => status?.code !== 2);
  const parent = all.find(({ spanId }) => spanId === filing?.parentSpanId);
  expect(parent?.name).toBe("http rpc");
  const below = all.filter(({ parentSpanId }) => parentSpanId === filing?.spanId).map(({ name }) => name);
  expect(below.filter((name) => name.startsWith("database ")).length).toBeGreaterThan(1);
  expect(asked.map(({ status }) => status)).toContainEqual({ code: 2, message: "DoorstepError" });
  for (const text of [...bodies, figures]) expect(text).not.toMatch(/营房|王小虎|13800000000|雨季|别的|root(?!-cause)/);
});

test("without an endpoint no library is loaded and nothing is sent", async () => {
  const before = bodies.length;
  const traces = await openTraces(undefined, "1");
  expect(await traces.span("x", async () => 7)).toBe(7);
  traces.begin("y")();
  await traces.stop();
  expect(bodies.length).toBe(before);
});

test("a collector that does not answer delays nothing", async () => {
  const traces = await openTraces("http://127.0.0.1:9", "1");
  expect(await traces.span("x", async () => 7)).toBe(7);
  await traces.stop().catch(() => undefined);
});
