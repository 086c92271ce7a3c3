import { randomBytes } from "node:crypto";
import { connect } from "@doorstep/database";
import { openImap } from "@doorstep/plugin-mail-in/testing";
import { callsAs, type startBench } from "./open-bench.ts";
import { type Line, times } from "./report.ts";

type Server = Awaited<ReturnType<typeof startBench>>;

const MESSAGES = 500;
const ATTACHED_BYTES = 60_000;

const messageOf = (no: number): Buffer =>
  Buffer.from(
    [
      `From: Shen <shen${no}@example.org>`,
      "To: doorstep@example.org",
      `Subject: Allowance ${no}`,
      `Message-ID: <bench-${no}@example.org>`,
      'Content-Type: multipart/mixed; boundary="b"',
      "",
      "--b",
      "Content-Type: text/plain; charset=utf-8",
      "",
      "三月调动后艰苦边远津贴少发一档，财务一直让等。",
      "--b",
      "Content-Type: application/pdf",
      "Content-Transfer-Encoding: base64",
      'Content-Disposition: attachment; filename="pay.pdf"',
      "",
      Buffer.concat([Buffer.from("%PDF-1.4\n"), randomBytes(ATTACHED_BYTES)]).toString("base64"),
      "--b--",
      "",
    ].join("\r\n"),
  );

/** A mailbox full of messages until each has its place, beside bare inserts of the same bytes one after the other. */
export async function mailIntake(server: Server, passMinutes: (minutes: number) => void): Promise<Line> {
  const { host, database } = server.platform;
  const messages = Array.from({ length: MESSAGES }, (_, no) => messageOf(no));
  const imap = await openImap(messages);
  const raw = connect(database.ownerUrl, { max: 1 });
  try {
    const { rows: found } = await raw.query<{ admin: string; unit: string }>(
      "select (select id from kernel.people where username = 'admin') as admin, (select id from kernel.units where code = 'DEMO') as unit",
    );
    const admin = await callsAs(server.platform, { personId: found[0]?.admin ?? "" });
    const { revision } = (await admin.modules.matrix({} as never)) as unknown as { revision: number };
    await admin.modules.saveSettings({
      ...{ unitId: found[0]?.unit, pluginId: "mail-in", revision, lock: [], why: "bench" },
      values: {
        ...{ mailboxOf: "DEMO", imapServer: "127.0.0.1", imapPort: imap.port, imapSecurity: "none" },
        ...{ user: "testuser", password: "testpass" },
      },
    } as never);
    const kept = async (): Promise<number> =>
      (await raw.query<{ n: number }>("select count(became)::int as n from p_mail_in.mails")).rows[0]?.n ?? 0;
    const before = await kept();
    const since = performance.now();
    for (let tries = 0; (await kept()) - before < MESSAGES; tries += 1) {
      if (tries > 100) throw new Error(`only ${(await kept()) - before} of ${MESSAGES} messages have their place`);
      passMinutes(6);
      await host.jobs.runDue();
    }
    const took = (performance.now() - since) / MESSAGES;
    await raw.query("create table public.bench_mails (no int primary key, bytes bytea not null)");
    const bareSince = performance.now();
    for (const [no, bytes] of messages.entries())
      await raw.query("insert into public.bench_mails values ($1, $2)", [no, bytes]);
    const bare = (performance.now() - bareSince) / MESSAGES;
    return {
      what: `a message read by IMAP, judged and kept, of ${MESSAGES} with an attachment of ${ATTACHED_BYTES / 1_000} KB each`,
      figure: `${took.toFixed(1)} ms`,
      baseline: `${bare.toFixed(1)} ms`,
      ratio: times(took / bare),
    };
  } finally {
    await raw.query("drop table if exists public.bench_mails");
    await raw.end();
    await imap.close();
  }
}
