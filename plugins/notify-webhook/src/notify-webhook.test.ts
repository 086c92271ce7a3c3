import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

interface Received {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Another system: takes what is sent to it, unless told otherwise. */
async function openReceiver() {
  const received: Received[] = [];
  const answers = new Map<string, number>();
  const listening = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const status = answers.get(request.url ?? "") ?? 204;
      if (status < 300)
        received.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(status, { location: "http://127.0.0.1:1/" }).end();
    });
  }).listen(0, "127.0.0.1");
  await once(listening, "listening");
  const base = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  return { received, answers, base, close: () => listening.close() };
}

const root = join(import.meta.dirname, "..");
const SECRET = "a secret of the house";
let receiver: Awaited<ReturnType<typeof openReceiver>>;
let host: TestHost<typeof server>;
beforeAll(async () => {
  receiver = await openReceiver();
  host = await createTestHost(server, { root, now: "2026-03-02T02:00:00Z" });
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  receiver.close();
});
beforeEach(async () => {
  receiver.received.length = 0;
  receiver.answers.clear();
  await host.sql("delete from p_notify_webhook.deliveries");
});

const at = (path: string): string => `${receiver.base}${path}`;
const setUp = (paths: readonly string[], more: object = {}) =>
  host.enable("brigade", { addresses: paths.map(at), inside: [at("/")], secret: SECRET, ...more });
const types = (path?: string): readonly string[] =>
  receiver.received.flatMap((one) => (path === undefined || one.path === path ? [JSON.parse(one.body).type] : []));
const states = () => host.sql("select state, attempts, error from p_notify_webhook.deliveries order by no");
const manager = () => host.as("unitAdmin", "brigade");

test("an event goes out signed, as a CloudEvent with ids and codes, once", async () => {
  await setUp(["/hook"]);
  await host.events.emit("case.registered");
  await host.events.emit("case.registered");

  const [one] = receiver.received;
  if (!one) throw new Error("nothing came");
  expect(receiver.received).toHaveLength(1);
  expect(one.headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8");
  const said = JSON.parse(one.body);
  const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
  expect(said).toEqual({
    ...{ specversion: "1.0", datacontenttype: "application/json", source: "urn:doorstep:unit:BRIGADE" },
    ...{ type: "doorstep.case.registered", id, subject: id, time: expect.any(String) },
    data: { from: "received", to: "registered", act: "register" },
  });
  // as any library of Standard Webhooks does it
  const { "webhook-id": sentId, "webhook-timestamp": time, "webhook-signature": signature } = one.headers;
  expect([sentId, time]).toEqual([said.id, String(Date.parse("2026-03-02T02:00:00Z") / 1_000)]);
  const wanted = createHmac("sha256", SECRET).update(`${sentId}.${time}.${one.body}`).digest("base64");
  expect(signature).toBe(`v1,${wanted}`);
});

test("a receiver that is away loses nothing and holds up no other: later events of the petition wait behind the first", async () => {
  await setUp(["/down", "/up"]);
  receiver.answers.set("/down", 503);
  await host.events.emit("case.registered");
  await host.events.emit("case.accepted");
  expect(types("/up")).toEqual(["doorstep.case.registered", "doorstep.case.accepted"]);

  receiver.answers.clear();
  await host.advance({ minutes: 4 });
  expect(types("/down")).toEqual([]);
  await host.advance({ minutes: 5 });
  expect(types("/down")).toEqual(["doorstep.case.registered", "doorstep.case.accepted"]);
  expect(types("/up")).toHaveLength(2);
});

test("what nobody took in five days is parked, shown to whoever may see it, and given again by him", async () => {
  await setUp(["/gone"]);
  receiver.answers.set("/gone", 302);
  await host.events.emit("case.registered");
  for (let halfDays = 0; halfDays < 16; halfDays += 1) await host.advance({ hours: 12 });
  await host.events.emit("case.accepted");
  expect(await states()).toEqual([
    { state: "parked", attempts: 15, error: "http.302" },
    { state: "waiting", attempts: 0, error: null },
  ]);

  const { parked, receivers } = await manager().overview.query();
  expect(receivers).toEqual([{ address: at("/gone"), waiting: 1, parked: 1, sentAt: null }]);
  expect(parked).toMatchObject([{ type: "case.registered", address: at("/gone"), attempts: 15, error: "http.302" }]);
  await expect(host.as("officer", "brigade").again.mutate({ no: null })).rejects.toThrow("forbidden");
  expect(await host.as("unitAdmin", "first").again.mutate({ no: parked[0]?.no ?? 0 })).toEqual({ count: 0 });

  receiver.answers.clear();
  expect(await manager().again.mutate({ no: parked[0]?.no ?? 0 })).toEqual({ count: 1 });
  await host.advance({ minutes: 5 });
  expect(types()).toEqual(["doorstep.case.registered", "doorstep.case.accepted"]);
  expect((await manager().overview.query()).receivers).toMatchObject([
    { waiting: 0, parked: 0, sentAt: expect.any(String) },
  ]);
});

test("a petition that became an accusation meanwhile is not spoken of any more", async () => {
  await setUp(["/late"]);
  receiver.answers.set("/late", 500);
  await host.events.emit("case.registered");
  receiver.answers.clear();
  const [{ case_id: caseId } = {}] = await host.sql("select case_id from p_notify_webhook.deliveries");
  await host.kernelSql("update kernel.cases set confidentiality = 3 where id = $1", [caseId]);
  await host.advance({ minutes: 5 });
  expect([receiver.received, await states()]).toEqual([[], []]);
  await host.events.emit("case.accepted");
  expect(await states()).toEqual([]);
  await host.kernelSql("update kernel.cases set confidentiality = 1 where id = $1", [caseId]);
});

test("without a secret everything waits; an address inside the house is reached only where the topmost unit has listed it", async () => {
  await setUp(["/hook"], { secret: "" });
  await host.events.emit("case.registered");
  expect(await states()).toEqual([{ state: "waiting", attempts: 0, error: "noSecret" }]);
  expect(await manager().overview.query()).toMatchObject({ hasSecret: false });

  await setUp(["/hook"], { inside: [at("/other")] });
  await host.advance({ minutes: 5 });
  expect(await states()).toEqual([{ state: "waiting", attempts: 1, error: "unreachable" }]);
  await setUp(["/hook"], { inside: [at("/hook")] });
  await host.advance({ minutes: 5 });
  expect(types()).toEqual(["doorstep.case.registered"]);
});

test("an address that was taken off gets nothing more, and what was sent is forgotten after a week", async () => {
  await setUp(["/one", "/two"]);
  receiver.answers.set("/two", 500);
  await host.events.emit("case.registered");
  await setUp(["/one"]);
  await host.advance({ minutes: 5 });
  expect(await states()).toEqual([{ state: "sent", attempts: 0, error: null }]);
  await host.advance({ days: 8 });
  expect(await states()).toEqual([]);
});

test("a unit below does not open the inside for itself", async () => {
  await setUp([], { inside: [] });
  await host.enable("first", { addresses: [at("/hook")], inside: [at("/hook")], secret: SECRET });
  const [one] = await host.kernelSql("select id from kernel.cases limit 1");
  const event = { id: crypto.randomUUID(), type: "case.closed", at: "2026-03-02T02:00:00Z", caseId: one?.id };
  await host.sql(
    `insert into p_notify_webhook.deliveries (unit_id, case_id, event_id, address, event, state, attempts, next_at)
     values ($1, $2, $3, $4, $5, 'waiting', 0, now() - interval '30 years')`,
    [host.units.first.id, event.caseId, event.id, at("/hook"), event],
  );
  await host.advance({ minutes: 5 });
  expect([types(), await states()]).toEqual([[], [{ state: "waiting", attempts: 1, error: "unreachable" }]]);

  await setUp([]);
  await host.advance({ minutes: 10 });
  expect(types()).toEqual(["doorstep.case.closed"]);
});
