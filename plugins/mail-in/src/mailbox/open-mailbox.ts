import { createHash } from "node:crypto";
import { ImapFlow } from "imapflow";
import type { Settings } from "../plugin.ts";

/** A message as it lies in the mailbox. */
export interface Lying {
  readonly uid: number;
  readonly size: number;
  readonly arrivedAt: string;
}

export interface Mailbox {
  /** Of this mailbox and of the server's numbering in it. */
  readonly series: number;
  /** Those after a number, oldest first. */
  after(uid: number): Promise<readonly Lying[]>;
  /** `null` where it was taken out meanwhile. */
  source(uid: number): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

const WAIT_MS = 20_000;

/**
 * Opens a unit's mailbox for reading only: nothing is marked, moved or deleted there.
 *
 * @throws Error where the server is away, refuses the password or has no such folder
 */
export async function openMailbox(settings: Settings, signal: AbortSignal): Promise<Mailbox> {
  const { imapServer, imapPort, imapSecurity, user, password, folder } = settings;
  const client = new ImapFlow({
    host: imapServer,
    port: imapPort,
    secure: imapSecurity === "tls",
    doSTARTTLS: imapSecurity === "startTls",
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: 2 * WAIT_MS,
  });
  // what breaks later is told by the call that waits for it
  client.on("error", () => undefined);
  const end = () => client.close();
  signal.addEventListener("abort", end, { once: true });
  const close = async () => {
    signal.removeEventListener("abort", end);
    await client.logout().catch(end);
  };
  try {
    await client.connect();
    const opened = await client.mailboxOpen(folder, { readOnly: true });
    const numbering = createHash("sha256")
      .update([imapServer, imapPort, user, folder, opened.uidValidity].join("\0"))
      .digest("hex");
    return {
      series: Number.parseInt(numbering.slice(0, 12), 16),
      async after(uid) {
        if (opened.exists === 0) return [];
        const found: Lying[] = [];
        for await (const one of client.fetch(
          `${uid + 1}:*`,
          { uid: true, size: true, internalDate: true },
          { uid: true },
        ))
          found.push({
            uid: one.uid,
            size: one.size ?? 0,
            arrivedAt: new Date(one.internalDate ?? Number.NaN).toJSON() ?? "",
          });
        // a range to the end always holds the last one
        return found.filter((one) => one.uid > uid).toSorted((a, b) => a.uid - b.uid);
      },
      async source(uid) {
        const found = await client.fetchOne(String(uid), { source: true }, { uid: true });
        return found ? (found.source ?? null) : null;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
