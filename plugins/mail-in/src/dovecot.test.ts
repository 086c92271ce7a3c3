import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import server from "./server.ts";
import { dovecotHere, openDovecot } from "./testing/dovecot.ts";

const version = dovecotHere();
const shared = new URL("../../../../shared/data/mail/", import.meta.url);

describe.skipIf(version === undefined)(`Dovecot ${version ?? "(skipped: not on this machine)"}`, () => {
  let host: TestHost<typeof server>;
  let dovecot: Awaited<ReturnType<typeof openDovecot>>;
  const trusted = getCACertificates("default");

  const settings = (more: object = {}) => ({
    ...{ mailboxOf: host.units.first.code, imapServer: "localhost", imapPort: dovecot.tls, imapSecurity: "tls" },
    ...{ user: "doorstep", password: "testpass", from: "doorstep@example.org", ...more },
  });
  let serial = 0;
  const message = (subject: string): Buffer => {
    serial += 1;
    const heads = [`From: Shen <shen@example.org>`, "To: doorstep@example.org", `Subject: ${subject}`];
    return Buffer.from(`${[...heads, `Message-ID: <d${serial}@example.org>`].join("\r\n")}\r\n\r\n津贴没有发。\r\n`);
  };
  const read = () => host.advance({ minutes: 5 });
  const subjects = async () =>
    (await host.as("clerk", "first").list.query()).waiting.map((one) => one.subject).toSorted();

  beforeAll(async () => {
    dovecot = await openDovecot();
    host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: "2026-03-09T02:00:00.000Z" });
  }, 60_000);
  afterAll(async () => {
    setDefaultCACertificates(trusted);
    await host[Symbol.asyncDispose]();
    await dovecot.close();
  });

  test("a server whose certificate nobody has vouched for is not read, and nothing is sent to it", async () => {
    dovecot.add(message("first"));
    await host.enable("brigade", settings());
    await read();
    expect(await subjects()).toEqual([]);
    await host.enable("brigade", settings({ imapPort: dovecot.plain, imapSecurity: "startTls" }));
    await read();
    expect(await subjects()).toEqual([]);
  });

  test("it is read by TLS and by STARTTLS, and over an outage and new numbers nothing is lost or doubled", async () => {
    setDefaultCACertificates([...trusted, dovecot.certificate]);
    await read();
    expect(await subjects()).toEqual(["first"]);
    await host.enable("brigade", settings());
    dovecot.add(message("second"));
    await dovecot.stop();
    await read();
    await dovecot.restart();
    await read();
    expect(await subjects()).toEqual(["first", "second"]);
    await dovecot.numberAnew();
    dovecot.add(message("third"));
    await read();
    expect(await subjects()).toEqual(["first", "second", "third"]);
  });

  test.skipIf(!existsSync(shared))(
    "every message of a real collection is accounted for (skipped: ../shared/data/mail is absent)",
    async () => {
      const files = readdirSync(shared, { recursive: true, withFileTypes: true }).filter(
        (one) => one.isFile() && !one.name.includes("LICENSE"),
      );
      const [before] = await host.sql("select count(*)::int as n from p_mail_in.mails");
      for (const one of files) dovecot.add(readFileSync(join(one.parentPath, one.name)));
      await read();
      const [after] = await host.sql("select count(*)::int as n, count(became)::int as became from p_mail_in.mails");
      expect(Number(after?.n) - Number(before?.n)).toBe(files.length);
      expect(after?.became).toBe(after?.n);
    },
  );
});
