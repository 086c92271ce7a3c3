/// <reference path="./hoodiecrow-imap.d.ts" />
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import hoodiecrow from "hoodiecrow-imap";
import { SMTPServer } from "smtp-server";

/** A mailbox in this process, on a port of its own. Bytes stay what they are. */
export async function openImap(raw: readonly Uint8Array[], port = 0) {
  const messages = raw.map((bytes) => ({ raw: Buffer.from(bytes).toString("binary") }));
  const imap = hoodiecrow({ plugins: ["IDLE"], storage: { INBOX: { messages } } });
  imap.listen(port, "127.0.0.1");
  await once(imap.server, "listening");
  const sockets = new Set<{ destroy(): void }>();
  imap.server.on("connection", (socket) => sockets.add(socket));
  return {
    port: (imap.server.address() as AddressInfo).port,
    add: (bytes: Uint8Array) =>
      imap.appendMessage("INBOX", [], "14-Sep-2026 21:22:28 +0800", Buffer.from(bytes).toString("binary")),
    numberAnew: () => {
      imap.getMailbox("INBOX").uidvalidity += 1;
    },
    close: async () => {
      for (const one of sockets) one.destroy();
      await new Promise<void>((resolve) => imap.close(resolve));
    },
  };
}

/** A server that takes mail, or says that it is busy. */
export async function openSmtp() {
  const received: { readonly from: string; readonly to: readonly string[]; readonly raw: Buffer }[] = [];
  const state = { busy: false };
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onAuth: (_auth, _session, done) => done(null, { user: "any" }),
    onRcptTo: (_address, _session, done) =>
      state.busy ? done(Object.assign(new Error("later"), { responseCode: 451 })) : done(),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map((one) => one.address),
          raw: Buffer.concat(parts),
        });
        done();
      });
    },
  });
  smtp.on("error", () => undefined);
  smtp.listen(0, "127.0.0.1");
  await once(smtp.server, "listening");
  return {
    received,
    state,
    port: (smtp.server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => smtp.close(() => resolve())),
  };
}
