import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { SMTPServer } from "smtp-server";
import { expect, test } from "vitest";
import server from "./server.ts";

interface Received {
  readonly to: readonly string[];
  readonly raw: string;
}

/** A mail server in this process, on a port of its own. */
async function openMailServer(port = 0) {
  const received: Received[] = [];
  const state = { busy: false };
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onAuth: (auth, _session, done) =>
      auth.password === "right" ? done(null, { user: auth.username }) : done(new Error("wrong")),
    onRcptTo: ({ address }, _session, done) => {
      if (address.startsWith("gone")) return done(Object.assign(new Error(`no ${address}`), { responseCode: 550 }));
      return state.busy ? done(Object.assign(new Error("later"), { responseCode: 451 })) : done();
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        received.push({
          to: session.envelope.rcptTo.map((one) => one.address),
          raw: Buffer.concat(parts).toString("utf8"),
        });
        done();
      });
    },
  });
  smtp.on("error", () => undefined);
  smtp.listen(port, "127.0.0.1");
  await once(smtp.server, "listening");
  return {
    received,
    state,
    port: (smtp.server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => smtp.close(() => resolve())),
  };
}

const root = join(import.meta.dirname, "..");
// 10:00 at the units
const open = (now = "2026-03-02T02:00:00Z") => createTestHost(server, { root, now });
const settings = (port: number, more: object = {}) => ({
  server: "127.0.0.1",
  port,
  security: "none",
  from: "doorstep@example.org",
  ...more,
});
const states = async (host: TestHost<typeof server>) => (await host.news()).map((one) => one.state);

/** The text as the reader sees it, whatever the encoding on the way. */
function textOf({ raw }: Received): string {
  const [head = "", body = ""] = raw.split("\r\n\r\n", 2);
  const rest = raw.slice(head.length + 4);
  return /base64/i.test(head) ? Buffer.from(rest, "base64").toString("utf8") : rest || body;
}

test("news goes out as one mail that says nothing of it", async () => {
  const mail = await openMailServer();
  await using host = await open();
  await host.enable("brigade", settings(mail.port));
  await host.tellNews({ unit: "first", address: "li@example.org" });
  await host.tellNews({ unit: "first", address: "li@example.org" });
  expect(await host.deliverNews()).toBe(1);
  expect(await states(host)).toEqual(["sent", "sent"]);
  expect(mail.received.map((one) => one.to)).toEqual([["li@example.org"]]);
  const [one] = mail.received;
  if (!one) throw new Error("no mail");
  expect(textOf(one)).toContain("您在连心桥有新消息，请登录查看。");
  expect(one.raw).toMatch(/Auto-Submitted: auto-generated/i);
  expect(await host.deliverNews()).toBe(0);
  await mail.close();
});

test("a dead server loses nothing: everything waits, later and later, and goes out when it is back", async () => {
  const first = await openMailServer();
  await first.close();
  await using host = await open();
  await host.enable("brigade", settings(first.port));
  await host.tellNews({ unit: "first", address: "li@example.org" });
  expect(await host.deliverNews()).toBe(0);
  expect(await host.news()).toEqual([
    { state: "pending", attempts: 1, error: "ESOCKET", nextAt: "2026-03-02T02:01:00.000Z" },
  ]);
  expect(await host.deliverNews()).toBe(0);
  await host.advance({ minutes: 1 });
  await host.deliverNews();
  expect((await host.news())[0]).toMatchObject({ attempts: 2, nextAt: "2026-03-02T02:06:00.000Z" });

  const again = await openMailServer(first.port);
  again.state.busy = true;
  await host.advance({ minutes: 5 });
  expect(await host.deliverNews()).toBe(0);
  expect((await host.news())[0]).toMatchObject({ state: "pending", attempts: 3, error: "EENVELOPE" });
  again.state.busy = false;
  await host.advance({ minutes: 15 });
  expect(await host.deliverNews()).toBe(1);
  expect(again.received).toHaveLength(1);
  await again.close();
});

test("a mailbox that does not exist is parked with its code, without the address, and holds up nobody else", async () => {
  const mail = await openMailServer();
  await using host = await open();
  await host.enable("brigade", settings(mail.port));
  await host.tellNews({ unit: "first", address: "gone@example.org" });
  await host.tellNews({ unit: "first", address: "li@example.org" });
  expect(await host.deliverNews()).toBe(1);
  const parked = (await host.news()).filter((one) => one.state === "parked");
  expect(parked).toEqual([{ state: "parked", attempts: 0, error: "smtp.550", nextAt: null }]);
  const kept = await host.kernelSql(
    "select * from kernel.notification_deliveries d join kernel.notifications n on n.id = d.notification_id",
  );
  expect(JSON.stringify(kept)).not.toContain("gone@");
  await mail.close();
});

test("a wrong password is the house's mistake: nothing is given up for it", async () => {
  const mail = await openMailServer();
  await using host = await open();
  await host.enable("brigade", settings(mail.port, { user: "doorstep", password: "wrong" }));
  await host.tellNews({ unit: "first", address: "li@example.org" });
  expect(await host.deliverNews()).toBe(0);
  expect(await states(host)).toEqual(["pending"]);
  await host.enable("brigade", settings(mail.port, { user: "doorstep", password: "right" }));
  await host.advance({ minutes: 1 });
  expect(await host.deliverNews()).toBe(1);
  await mail.close();
});

test("in quiet hours of the unit it waits, and the day's summary comes at its hour, each unit by its own", async () => {
  const mail = await openMailServer();
  await using host = await open("2026-03-02T14:00:00Z");
  await host.enable("brigade", settings(mail.port));
  await host.enable("second", { quietFrom: "00:00", quietUntil: "00:00" });
  await host.tellNews({ unit: "first", address: "li@example.org" });
  await host.tellNews({ unit: "second", address: "wang@example.org" });
  await host.tellNews({ unit: "second", address: "zhao@example.org", mode: "daily" });
  expect(await host.deliverNews()).toBe(1);
  expect(mail.received.map((one) => one.to[0])).toEqual(["wang@example.org"]);
  expect((await host.news()).map((one) => one.nextAt)).toEqual([
    "2026-03-02T23:30:00.000Z",
    null,
    "2026-03-03T00:00:00.000Z",
  ]);
  await host.advance({ hours: 9, minutes: 30 });
  expect(await host.deliverNews()).toBe(1);
  await host.advance({ minutes: 30 });
  expect(await host.deliverNews()).toBe(1);
  expect(mail.received.map((one) => one.to[0])).toEqual(["wang@example.org", "li@example.org", "zhao@example.org"]);
  await mail.close();
});

test("whoever is on duty is told of danger at night, and what waited for the morning goes with it", async () => {
  const mail = await openMailServer();
  await using host = await open("2026-03-02T14:00:00Z");
  await host.enable("brigade", settings(mail.port));
  await host.tellNews({ unit: "first", address: "li@example.org", mode: "daily" });
  expect(await host.deliverNews()).toBe(0);
  await host.tellNews({ unit: "first", address: "li@example.org", mode: "daily", urgent: true });
  expect(await host.deliverNews()).toBe(1);
  expect(await states(host)).toEqual(["sent", "sent"]);
  const [one] = mail.received;
  if (!one) throw new Error("no mail");
  expect(textOf(one)).toContain("有紧急事项等您处置，请立即登录连心桥并确认收到。");
  await mail.close();
});

test("where it is off nothing goes out; switched on but not set up, it waits", async () => {
  const mail = await openMailServer();
  await using host = await open();
  await host.disable();
  await host.tellNews({ unit: "first", address: "li@example.org" });
  expect(await host.deliverNews()).toBe(0);
  expect(await states(host)).toEqual(["dropped"]);
  await host.enable("brigade");
  await host.tellNews({ unit: "first", address: "li@example.org" });
  await host.deliverNews();
  expect(await host.news()).toMatchObject([{ state: "dropped" }, { state: "pending", error: "NOT_SET_UP" }]);
  expect(mail.received).toEqual([]);
  await mail.close();
});
