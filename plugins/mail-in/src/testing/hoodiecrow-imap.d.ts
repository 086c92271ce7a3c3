declare module "hoodiecrow-imap" {
  import type { Server } from "node:net";

  interface ImapServer {
    readonly server: Server;
    listen(port: number, host: string): void;
    close(done: () => void): void;
    appendMessage(folder: string, flags: readonly string[], date: string, raw: string): void;
    getMailbox(folder: string): { uidvalidity: number };
  }
  // biome-ignore lint/style/noDefaultExport: the package has no other
  export default function hoodiecrow(options: object): ImapServer;
}
