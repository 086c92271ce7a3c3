import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestMode } from "@doorstep/sdk/test";
import { archiveStore } from "../installed/archive-store.ts";
import { asksOf } from "../installed/asks.ts";
import type { ArchiveOffice } from "../installed/office.ts";
import { openTestHost, type TestHostOptions, type TestPluginHost } from "./open-test-host.ts";
import { testPublisher } from "./raw-archive.ts";

/** A host into which archives are installed, with everything they ask for. */
export interface InstallingHost extends TestPluginHost {
  readonly archives: ArchiveOffice;
  /** What signs so that it runs in a thread, and what signs so that it runs in a process. */
  readonly keys: Readonly<Record<Exclude<TestMode, "inline">, string>>;
  /** @returns why it was refused, by code with the sentence; nothing where it runs */
  install(archive: Uint8Array): Promise<readonly string[]>;
}

/** Starts a host without a plugin, which takes archives of two publishers. */
export async function openInstalling(
  options: Pick<TestHostOptions, "handlers" | "now" | "on"> = {},
): Promise<InstallingHost> {
  const [own, other] = [testPublisher("built here"), testPublisher("somebody else")];
  const folder = mkdtempSync(join(tmpdir(), "doorstep-modules-"));
  let count = 0;
  const store = archiveStore(folder, () => {
    count += 1;
    return String(count);
  });
  const at = await openTestHost({ ...options, sources: [], archives: { store, own: own.publisher, drainMs: 0 } });
  const { archives } = at.host;
  if (!archives) throw new Error("nothing can be installed");
  const by = { by: "system", why: "test" } as const;
  await archives.trust({ name: other.publisher.name, publicKey: other.publisher.publicKey }, by);
  return {
    ...at,
    archives,
    keys: { thread: own.privateKey, process: other.privateKey },
    install: async (archive) => {
      const looked = await archives.look(archive);
      if (!looked.ok) return looked.problems.map((one) => `${one.code}: ${one.message.en}`);
      const { manifest } = looked.look;
      await archives.install(
        archive,
        asksOf(manifest).map((one) => one.key),
        by,
      );
      const plugin = at.host.snapshot().plugins.get(manifest.id);
      return plugin?.problems.map((one) => `${one.code}: ${one.message.en}`) ?? ["it is not there"];
    },
    [Symbol.asyncDispose]: async () => {
      await at[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
