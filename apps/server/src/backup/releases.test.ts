import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTestDatabase } from "@doorstep/database/testing";
import { loadActor, type RequestContext, sealKeys, verifyLedger } from "@doorstep/kernel";
import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { ownMigrations } from "../migrations.ts";
import { openPlatform, VERSION } from "../open-platform.ts";
import { plugins } from "../plugins.ts";
import { admitArchive, restoreArchive } from "./restore-archive.ts";

/** Databases as releases left them: each made by the code of its time, saved by `doorstep backup`. */
const releases = join(import.meta.dirname, "..", "..", "..", "..", "tooling", "fixtures", "releases");
/** Locks invented data; it is no secret. */
const masterKey = Buffer.from("invented data of fixtures, no ke");
const secret = { kind: "keyFile", key: masterKey } as const;

const folder = mkdtempSync(join(tmpdir(), "doorstep-releases-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const files = readdirSync(releases).filter((name) => name.endsWith(".doorstep"));

test("there is an empty and a populated database of every release", () => {
  expect(files.toSorted()).toEqual(["0.1-a-empty.doorstep", "0.1-a-populated.doorstep"]);
});

test.each(files)(
  "%s starts under this code; its ledger proves itself and its petitions can be read",
  async (name) => {
    await using database = await openTestDatabase();
    const dataDir = mkdtempSync(join(folder, "d-"));
    writeFileSync(join(dataDir, "doorstep.key"), JSON.stringify({ version: 1, key: masterKey.toString("base64") }));
    const target = {
      ownerUrl: database.url,
      dataDir,
      masterKey,
      migrations: ownMigrations,
      version: VERSION,
      passwordOf: undefined,
    };
    const checked = await admitArchive(join(releases, name), secret, target);
    await restoreArchive(join(releases, name), secret, checked, target);
    const saved = (table: string): number => checked.manifest.tables.find((one) => one.name === table)?.rows ?? 0;
    const said: string[] = [];
    const platform = await openPlatform({
      env: { dataDir, databaseUrl: database.url, keyFile: undefined, keyCommand: undefined, safeMode: false },
      plugins,
      log: pino({ enabled: false }),
      print: (line) => said.push(line),
      now: () => new Date(),
    });
    try {
      const { kernel } = platform;
      expect(said.join("\n").includes("A backup is made first")).toBe(saved("kernel.units") > 0);
      expect(await verifyLedger(kernel, sealKeys(kernel))).toMatchObject({ ok: true, entries: saved("kernel.ledger") });
      const ids = async (sql: string): Promise<readonly string[]> =>
        (await kernel.pool.query<{ id: string }>(sql)).rows.map((row) => row.id);
      // what later migrations add stands in an archive from before them
      expect(
        await ids(
          "select tgname as id from pg_trigger where tgrelid = 'kernel.appointment_claims'::regclass and not tgisinternal",
        ),
      ).toContain("take_turns");
      const cases = await ids("select id from kernel.cases order by id");
      expect(cases).toHaveLength(saved("kernel.cases"));
      const unread = new Set(cases);
      for (const person of await ids("select id from kernel.people where active order by id")) {
        const actor = await loadActor(kernel, person, kernel.now());
        if (!actor) continue;
        const context: RequestContext = {
          kernel,
          actor,
          codeCaseId: undefined,
          requestId: kernel.newId(),
          origin: "test",
          setCodeCase: () => undefined,
        };
        const { cases: desk } = platform.router.createCaller(context) as unknown as {
          cases: { get(input: { caseId: string }): Promise<{ caseId: string }> };
        };
        for (const id of unread)
          await desk.get({ caseId: id }).then(
            () => unread.delete(id),
            // whom a petition does not concern does not learn of it
            (error: Error) => expect(["case.notFound", "forbidden"]).toContain(error.message),
          );
      }
      expect([...unread]).toEqual([]);
      if (name.includes("populated")) expect(cases).toHaveLength(12);
    } finally {
      await platform.close();
    }
  },
  120_000,
);
