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

interface Secured {
  readonly key: string;
  readonly cert: string;
  /** TLS from the first byte; else by STARTTLS */
  readonly implicit: boolean;
}

/** A server that takes mail, or says that it is busy; with a certificate it takes none in the clear. */
export async function openSmtp(secured?: Secured) {
  const received: { readonly from: string; readonly to: readonly string[]; readonly raw: Buffer }[] = [];
  const state = { busy: false };
  const smtp = new SMTPServer({
    authOptional: true,
    ...(secured
      ? { secure: secured.implicit, key: secured.key, cert: secured.cert }
      : { disabledCommands: ["STARTTLS"] }),
    onAuth: (_auth, _session, done) => done(null, { user: "any" }),
    onMailFrom: (_address, session, done) =>
      secured && !session.secure ? done(new Error("not in the clear")) : done(),
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
