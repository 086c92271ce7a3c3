import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LINE, rawArchive, testPublisher } from "@doorstep/plugin-host/testing";
import { expect } from "vitest";
import { call } from "../house.ts";
import type { KillableServer } from "./killable-server.ts";

interface Looked {
  readonly digest: string;
}

interface Installed {
  readonly modules: readonly {
    readonly id: string;
    readonly runs: string | null;
    readonly state: string;
    readonly versions: readonly { readonly version: string; readonly active: boolean }[];
  }[];
}

const makers = testPublisher("makers");
const ID = "kill-board";

/** A module that answers with its version; its table begins with one row, whoever starts it how often. */
const archive = (version: string): Promise<Buffer> =>
  rawArchive({
    id: ID,
    version,
    privateKey: makers.privateKey,
    manifest: { capabilities: ["db"] },
    server: `${LINE} hear((m) => (m.type === "begin" ? post(ready) : m.type === "call" && answer(m.call, "${version}")));`,
    files: { "migrations/0001-notes.sql": `create table notes (words text); insert into notes values ('one')` },
  });

async function look(server: KillableServer, cookie: string, bytes: Buffer): Promise<Looked> {
  const answer = await fetch(`${server.url}/rpc/modules.look`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream", cookie, origin: server.url },
    body: new Uint8Array(bytes),
  });
  const { result } = (await answer.json()) as { result: { data: { ok: true; look: Looked } } };
  return result.data.look;
}

/** What runs after the kill is what answers, and there is one of it or none. */
async function running(server: KillableServer, cookie: string): Promise<string | null> {
  const { modules }: Installed = await call(server.url, cookie, "modules.installed", {});
  const found = modules.find((one) => one.id === ID);
  const active = found?.versions.filter((version) => version.active) ?? [];
  if (!found || active.length === 0) return null;
  expect([active.length, active[0]?.version, found.state]).toEqual([1, found.runs, "active"]);
  expect(await call(server.url, cookie, `p/${ID}/go`, {})).toBe(found.runs);
  return found.runs;
}

/**
 * Kills the server while a module is installed, updated or taken out: afterwards the old one runs, or the new one, whole;
 * what was acknowledged holds, and its rows are there once.
 */
export async function killAmidInstalls(server: KillableServer, afterMs: readonly number[]): Promise<void> {
  const cookie = await server.signIn("admin");
  const why = "test";
  await call(server.url, cookie, "modules.trust", { name: "makers", publicKey: makers.publisher.publicKey, why });
  let before: string | null = null;
  for (const [round, ms] of afterMs.entries()) {
    const ends = before !== null && round % 3 === 2;
    const version = `1.${round}.0`;
    const { digest } = await look(server, cookie, await archive(version));
    const act: Promise<boolean> = call(
      server.url,
      cookie,
      ends ? "modules.end" : "modules.install",
      ends ? { pluginId: ID, why } : { digest, capabilities: ["db"], why },
    ).then(
      () => true,
      () => false,
    );
    await sleep(ms);
    await server.kill("server");
    const acknowledged = await act;
    const wanted = ends ? null : version;

    const now = await running(server, cookie);

    expect(acknowledged ? [wanted] : [before, wanted], `after ${ms} ms`).toContain(now);
    before = now;
  }
  if (before === null) {
    const { digest } = await look(server, cookie, await archive("2.0.0"));
    await call(server.url, cookie, "modules.install", { digest, capabilities: ["db"], why });
  }
  const folder = mkdtempSync(join(tmpdir(), "doorstep-kill-export-"));
  const file = join(folder, "notes.tar.gz");
  const exported = await server.doorstep("modules", "export", ID, "--out", file, "--why", why);
  rmSync(folder, { recursive: true });
  expect(JSON.parse(exported.said)).toMatchObject({ ok: true, tables: [{ name: "notes", rows: 1 }] });
}
