import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CaseEventType } from "@doorstep/contracts";
import { afterAll, describe, expect, test } from "vitest";
import type { ArchiveManifest } from "../manifest.ts";
import type { AddressSpec } from "../server/address.ts";
import { manifestOf } from "../server/manifest-of.ts";
import type { AnyPluginServer } from "../server/plugin-server.ts";
import { compareCatalogs } from "./message-keys.ts";
import { type ProvidedHost, type ProvideOptions, provideHost, type TestCaller } from "./provider.ts";

/** What an archive says of itself beside what the definition does: its files, and what its browser halves show. */
const BROWSER = /^(?:portal|desk|leader|admin)\//;

/** What the host knows of the definition, without what a build adds. */
function toldBy({ manifest }: ProvidedHost): object {
  const {
    files: _,
    ui: __,
    sdkFloor: ___,
    contributions,
    ...told
  } = manifest as ProvidedHost["manifest"] & Partial<ArchiveManifest>;
  return { ...told, contributions: contributions.filter(({ point }) => !BROWSER.test(point)) };
}

/** The code of the answer to a call without input; `done` where it was let in. */
async function answerTo(host: ProvidedHost, path: string, caller: TestCaller): Promise<string> {
  const request = new Request(`http://localhost/rpc/p/${host.manifest.id}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  const answer = (await (await host.handle(request, caller)).json()) as { error?: { data: { code: string } } };
  return answer.error?.data.code ?? "done";
}

const CLOSED: Readonly<Record<AddressSpec["who"], string>> = {
  anybody: "done",
  keyHolder: "address.key",
  system: "system.token",
};

/** The code with which an address refuses a call without key and token; `done` where it was let in. */
async function visited(host: ProvidedHost, name: string, method = "GET"): Promise<string> {
  const type = host.manifest.contributions.find(({ key }) => key === `${host.manifest.id}/${name}`)?.address
    ?.accepts[0];
  const post = { method: "POST", headers: { "content-type": type ?? "application/json" }, body: "{}" };
  return await host.visit(name, method === "POST" ? post : { method }, "first", null).then(
    () => "done",
    (refused: { readonly code?: string }) => refused.code ?? "failed",
  );
}

/** All rows that the plugin keeps, by table. */
async function kept(host: ProvidedHost): Promise<Readonly<Record<string, unknown>>> {
  const tables = await host.kernelSql(
    "select schemaname || '.' || tablename as name from pg_tables where tableowner = $1 order by 1",
    [`p_${host.manifest.id.replaceAll("-", "_")}_owner`],
  );
  const rows: Record<string, unknown> = {};
  for (const { name } of tables)
    rows[String(name)] = await host.kernelSql(`select t::text as row from ${name} t order by 1`);
  return rows;
}

/**
 * Everything the platform would refuse a plugin for, or regret, in one line of its tests.
 *
 * @param options - `root` is the folder of the plugin's package, `mode` where the plugin runs.
 * @since 0.1
 */
export function contractTests(
  server: AnyPluginServer,
  { root, mode = "inline" }: Pick<ProvideOptions, "root" | "mode">,
): void {
  const { plugin } = server;
  describe(`${plugin.id} keeps the contract, ${mode}`, () => {
    let started: Promise<ProvidedHost> | undefined;
    const open = (): Promise<ProvidedHost> => {
      started ??= provideHost({ server, root, mode });
      return started;
    };
    afterAll(async () => (await started)?.close());

    test("the platform starts it without a problem, its migrations included", async () => {
      const host = await open();

      expect(host.problems).toEqual([]);
    });

    test("what is known without running it is what it says", async () => {
      const host = await open();
      const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

      expect(name.endsWith(`plugin-${plugin.id}`)).toBe(true);
      expect(toldBy(host)).toEqual(manifestOf(server, version));
      expect(() => structuredClone(host.manifest)).not.toThrow();
    });

    test("everything its migrations made is in its own schema", async () => {
      const host = await open();
      const schema = `p_${plugin.id.replaceAll("-", "_")}`;

      const foreign = (await host.relations()).filter((one) => !one.startsWith(`${schema}.`));

      expect(foreign).toEqual([]);
    });

    test("each procedure refuses whoever lacks its permission, and everybody where it is off", async () => {
      const host = await open();
      await host.choose("brigade", "on");
      const answers: Record<string, readonly string[]> = {};
      const wanted: Record<string, readonly string[]> = {};
      for (const [path, { needs }] of Object.entries(host.manifest.procedures)) {
        if (needs === "public") continue;
        const at = { unit: "first", at: "first" } as const;
        answers[path] = [
          await answerTo(host, path, { role: null, ...at }),
          needs === "signedIn" ? "forbidden" : await answerTo(host, path, { role: "dutyHelper", ...at }),
        ];
        wanted[path] = ["unauthorized", "forbidden"];
      }
      expect(answers).toEqual(wanted);

      await host.choose("brigade", "off");
      for (const path of Object.keys(host.manifest.procedures))
        expect([path, await answerTo(host, path, { role: "platformAdmin", unit: "first", at: "first" })]).toEqual([
          path,
          "module.notFound",
        ]);
    });

    const addresses = Object.entries((server.part.addresses ?? {}) as Readonly<Record<string, AddressSpec>>);
    if (addresses.length > 0)
      test("each address refuses whoever lacks a key or a token, and everybody where it is off", async () => {
        const host = await open();
        await host.choose("brigade", "on");
        const closed = addresses.filter(([, { who }]) => who !== "anybody");
        for (const [name, { who, methods }] of closed)
          expect([name, await visited(host, name, methods[0])]).toEqual([name, CLOSED[who]]);

        await host.choose("brigade", "off");
        for (const [name, { methods }] of addresses)
          expect([name, await visited(host, name, methods[0])]).toEqual([name, "module.notFound"]);
      });

    const events = Object.keys(server.part.on ?? {}) as CaseEventType[];
    // who hears of nothing has nothing to hear twice
    if (events.length > 0)
      test("an event that is given twice changes nothing the second time", async () => {
        const host = await open();
        await host.choose("brigade", "on");
        for (const type of events) {
          await host.hear(type);
          const once = await kept(host);
          await host.hear(type);
          expect(await kept(host), type).toEqual(once);
        }
      });

    test("its words are there in both languages", () => {
      expect(compareCatalogs(join(root, "src"))).toEqual([]);
    });
  });
}
