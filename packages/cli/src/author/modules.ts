import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Output, Verb } from "../verb.ts";
import { UsageError } from "../verb.ts";
import { withPlatform } from "../with-platform.ts";

const USAGE = [
  "doorstep modules list                                         what is installed, with all versions",
  "doorstep modules health                                       what went wrong of late, counted; never what was said",
  "doorstep modules look <archive>                               what an archive is and asks for; nothing of it runs",
  "doorstep modules install <archive> --why <text> [--approve a,b]   installs or upgrades while the platform runs",
  "doorstep modules roll-back <id> <digest> --why <text>         back to a version that was installed before",
  "doorstep modules end <id> --why <text>                        out of service everywhere; its data stay",
  "doorstep modules export <id> --out <file> --why <text>        what stands in a module's own tables, also after it ended",
  "doorstep modules publishers                                   whose archives are taken",
  "doorstep modules trust <public key file> --name <text> --why <text>",
  "doorstep modules revoke <key id> --why <text>",
].join("\n");

interface Given {
  readonly what: string;
  readonly rest: readonly string[];
  readonly why: string | undefined;
  readonly name: string | undefined;
  readonly out: string | undefined;
  readonly approved: readonly string[];
}

function read(args: readonly string[]): Given {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        why: { type: "string" },
        name: { type: "string" },
        out: { type: "string" },
        approve: { type: "string", multiple: true },
      },
    });
    const [what, ...rest] = positionals;
    if (what === undefined) throw new UsageError("Say what to do with the modules.");
    const approved = (values.approve ?? []).flatMap((list) => list.split(",")).filter(Boolean);
    return { what, rest, why: values.why, name: values.name, out: values.out, approved };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : "");
  }
}

/** What the verbs below are given: the office, and who answers for it on this machine. */
async function withOffice<T>(
  output: Output,
  work: (
    office: NonNullable<import("@doorstep/server").Platform["host"]["archives"]>,
    platform: import("@doorstep/server").Platform,
  ) => Promise<T>,
): Promise<T> {
  const { plugins } = await import("@doorstep/server");
  return await withPlatform(output, { plugins }, async (platform) => {
    const { archives } = platform.host;
    if (!archives) throw new Error("modules cannot be installed here");
    return await work(archives, platform);
  });
}

type Act = (given: Given, output: Output) => Promise<number>;

const one = (given: Given, count: number): readonly string[] => {
  if (given.rest.length !== count) throw new UsageError("Too few or too many words.");
  return given.rest;
};

function because(given: Given) {
  if (!given.why) throw new UsageError("Say why: --why <text>.");
  return { by: "system", why: given.why } as const;
}

/** One JSON object for machines, or sentences. */
function answer(output: Output, facts: unknown, lines: readonly string[]): void {
  if (output.json) output.out(JSON.stringify(facts));
  else for (const line of lines) output.out(line);
}

interface ListedVersion {
  readonly version: string;
  readonly digest: string;
  readonly active: boolean;
}
const versionLine = ({ version, digest, active }: ListedVersion): string =>
  `  ${active ? "*" : " "} ${version.padEnd(10)} ${digest}`;

const list: Act = (_, output) =>
  withOffice(output, async (office, { host }) => {
    const found = await Promise.all(
      [...host.snapshot().plugins.values()].map(async ({ manifest: { id, version } }) => {
        const versions = (await office.versions(id)).map(
          (v): ListedVersion => ({ version: v.version, digest: v.digest, active: v.activeSince !== null }),
        );
        return { id, version, state: host.snapshot().stateOf(id), versions };
      }),
    );
    const lines = found.flatMap(({ id, version, state, versions }) => [
      `${id.padEnd(20)} ${version.padEnd(10)} ${state}${versions.length === 0 ? " (built in)" : ""}`,
      ...versions.map(versionLine),
    ]);
    answer(output, found, lines);
    return 0;
  });

const health: Act = async (_, output) => {
  const { moduleHealths } = await import("@doorstep/plugin-host");
  return await withOffice(output, async (_office, { host, kernel }) => {
    const found = (await moduleHealths(kernel, host.serving, "all")).map(
      ({ id, version, state, problems, incidents }) => ({
        id,
        version,
        state,
        problems,
        incidents,
      }),
    );
    const lines = found.flatMap(({ id, version, state, problems, incidents }) => [
      `${id.padEnd(20)} ${version.padEnd(10)} ${state}`,
      ...problems.map(({ message }) => `  ! ${message.en}`),
      ...incidents.map(
        ({ day, count, kind, what, unit, version: at }) =>
          `  ${day} ${String(count).padStart(5)} x ${kind.en}: ${what.en} (${unit?.code ?? "-"}, ${at})`,
      ),
    ]);
    answer(output, found, lines);
    return 0;
  });
};

const look: Act = async (given, output) => {
  const [file = ""] = one(given, 1);
  const archive = await readFile(file);
  const looked = await withOffice(output, (office) => office.look(archive));
  if (!looked.ok) {
    const { problems } = looked;
    answer(
      output,
      { ok: false, problems },
      problems.flatMap(({ message, fix }) => [message.en, `  ${fix?.en ?? ""}`]),
    );
    return 1;
  }
  const { manifest, publisher, runs, more } = looked.look;
  answer(output, { ok: true, ...looked.look }, [
    `${manifest.title.en} (${manifest.id}) ${manifest.version}, now: ${runs ?? "not installed"}`,
    `Signed by: ${publisher ? `${publisher.name} (${publisher.keyId})` : "nobody"}`,
    `Asks for: ${manifest.capabilities.join(", ") || "nothing"}; not granted yet: ${more.join(", ") || "-"}`,
  ]);
  return 0;
};

const install: Act = async (given, output) => {
  const [file = ""] = one(given, 1);
  const by = because(given);
  const archive = await readFile(file);
  return await withOffice(output, async (office) => {
    const { manifest, digest } = await office.install(archive, given.approved, by);
    const { id, version } = manifest;
    answer(output, { ok: true, id, version, digest }, [`${id} ${version} is installed. Units switch it on.`]);
    return 0;
  });
};

const done = (output: Output): number => {
  answer(output, { ok: true }, ["Done."]);
  return 0;
};

const acts: Readonly<Record<string, Act>> = {
  list,
  health,
  look,
  install,
  "roll-back": async (given, output) => {
    const [pluginId = "", digest = ""] = one(given, 2);
    const by = because(given);
    await withOffice(output, (office) => office.rollBack({ pluginId, digest }, by));
    return done(output);
  },
  end: async (given, output) => {
    const [pluginId = ""] = one(given, 1);
    const by = because(given);
    await withOffice(output, (office) => office.end(pluginId, by));
    return done(output);
  },
  export: async (given, output) => {
    const [pluginId = ""] = one(given, 1);
    const by = because(given);
    if (!given.out) throw new UsageError("Say where to: --out <file>.");
    const file = resolve(given.out);
    const made = await withOffice(output, (office) => office.exportData(pluginId, file, by));
    answer(output, { ok: true, file, ...made }, [
      ...made.tables.map(({ name, rows }) => `${name.padEnd(30)} ${rows} rows`),
      `Written to ${file}. It may hold what people wrote: keep it as you keep a backup.`,
    ]);
    return 0;
  },
  publishers: (_, output) =>
    withOffice(output, async (office) => {
      const all = await office.publishers();
      answer(
        output,
        all.map(({ keyId, name }) => ({ keyId, name })),
        all.map((p) => `${p.keyId}  ${p.name}`),
      );
      return 0;
    }),
  trust: async (given, output) => {
    const [file = ""] = one(given, 1);
    const by = because(given);
    const { name } = given;
    if (!name) throw new UsageError("Say whose key it is: --name <text>.");
    const publicKey = await readFile(file, "utf8");
    const keyId = await withOffice(output, (office) => office.trust({ name, publicKey }, by));
    output.out(
      output.json ? JSON.stringify({ ok: true, keyId }) : `Archives signed by ${keyId} are taken from now on.`,
    );
    return 0;
  },
  revoke: async (given, output) => {
    const [keyId = ""] = one(given, 1);
    const by = because(given);
    await withOffice(output, (office) => office.revoke(keyId, by));
    return done(output);
  },
};

/** Installs, upgrades and ends modules, beside a running server or alone. */
export const modules: Verb = {
  summary: "install, upgrade, roll back and end modules",
  usage: USAGE,
  async run(args, output) {
    const given = read(args);
    const act = Object.hasOwn(acts, given.what) ? acts[given.what] : undefined;
    if (!act) throw new UsageError("Say what to do with the modules.");
    return await act(given, output);
  },
};
