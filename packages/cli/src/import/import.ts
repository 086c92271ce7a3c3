import { createReadStream, existsSync, statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { DoorstepError, errorText, type KernelContract } from "@doorstep/contracts";
import { loadActor, type RequestContext } from "@doorstep/kernel";
import type { LedgerResult, MappingInput } from "@doorstep/plugin-ledger-import/import";
import type { Platform } from "@doorstep/server";
import type { z } from "zod";
import { type Output, UsageError, type Verb } from "../verb.ts";
import { withPlatform } from "../with-platform.ts";

const usage = [
  "doorstep import <file.csv|file.xlsx> --unit <code> [--source <name of the register>]",
  "                [--map field=column[+column]]... [--encoding gbk] [--delimiter ,] [--date-order mdy]",
  "                [--accept-damaged] [--as <user name>] [--report <file.csv>] [--dry-run] [--json]",
  "doorstep import --all <file> [--keys <key file>] [--passphrase-file <file>] [--json]",
  "  takes what export --all wrote into an empty data folder or database, as doorstep restore does",
  "  fields: key title body reply (several columns), receivedAt repliedAt closedAt petitioner topic unit (one)",
  "  what is not mapped is proposed from the names of the columns",
].join("\n");

const several = ["key", "title", "body", "reply"] as const;
const single = ["receivedAt", "repliedAt", "closedAt", "petitioner", "topic", "unit"] as const;

/** `title=type+descriptor` */
function readMaps(maps: readonly string[]): Partial<MappingInput> {
  const found: Record<string, string | string[]> = {};
  for (const map of maps) {
    const at = map.indexOf("=");
    const field = map.slice(0, at);
    const column = map.slice(at + 1);
    if (at < 1 || column === "") throw new UsageError(`"--map ${map}" is not of the form field=column.`);
    if (several.some((one) => one === field)) found[field] = column.split("+");
    else if (single.some((one) => one === field)) found[field] = column;
    else throw new UsageError(`There is no field "${field}".`);
  }
  return found as Partial<MappingInput>;
}

interface Given {
  readonly file: string;
  readonly unit: string;
  readonly source: string;
  readonly mapping: Partial<MappingInput>;
  readonly encoding: string | undefined;
  readonly delimiter: string | undefined;
  readonly as: string | undefined;
  readonly report: string | undefined;
  readonly isDryRun: boolean;
}

const flags = {
  unit: { type: "string" },
  source: { type: "string" },
  map: { type: "string", multiple: true },
  encoding: { type: "string" },
  delimiter: { type: "string" },
  "date-order": { type: "string" },
  "accept-damaged": { type: "boolean" },
  as: { type: "string" },
  report: { type: "string" },
  "dry-run": { type: "boolean" },
} as const;

const dateOrders = ["ymd", "mdy", "dmy"] as const;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readArgs(args: readonly string[]): Given {
  const { values, positionals } = parsed(args);
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError("Name one file.");
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`There is no file "${file}".`);
  if (values.unit === undefined) throw new UsageError("Name the unit with --unit.");
  const dateOrder = dateOrders.find((one) => one === values["date-order"]);
  if (values["date-order"] !== undefined && !dateOrder)
    throw new UsageError(`--date-order is one of ${dateOrders.join(", ")}.`);
  return {
    file,
    unit: values.unit,
    source: (values.source ?? basename(file).replace(/\.[^.]*$/, "")).slice(0, 60),
    mapping: {
      ...readMaps(values.map ?? []),
      ...(dateOrder && { dateOrder }),
      ...(values["accept-damaged"] && { acceptDamaged: true }),
    },
    encoding: values.encoding,
    delimiter: values.delimiter,
    as: values.as,
    report: values.report,
    isDryRun: values["dry-run"] ?? false,
  };
}

const among = <T extends string>(known: readonly T[], value: string | undefined, name: string): T | null => {
  if (value === undefined) return null;
  const found = known.find((one) => one === value);
  if (found === undefined) throw new UsageError(`--${name} is one of ${known.join(" ")}.`);
  return found;
};

/** Whoever answers for it in the ledger: the named person, else the platform's first administrator. */
async function importer(platform: Platform, username: string | undefined): Promise<RequestContext> {
  const { kernel } = platform;
  const { rows } = await kernel.pool.query<{ id: string }>(
    `select p.id from kernel.people p where p.active and case when $1::text is null
       then exists (select 1 from kernel.role_grants g where g.person_id = p.id and g.role = 'platformAdmin'
                      and g.revoked_on is null and not g.pending)
       else p.username = lower($1) end
      order by p.username limit 1`,
    [username ?? null],
  );
  const actor = rows[0] && (await loadActor(kernel, rows[0].id, kernel.now()));
  if (!actor) throw new DoorstepError("person.notFound");
  return {
    kernel,
    actor,
    codeCaseId: undefined,
    requestId: kernel.newId(),
    origin: "command line",
    setCodeCase: () => undefined,
  };
}

async function unitByCode(platform: Platform, code: string) {
  const { rows } = await platform.kernel.pool.query<{ id: string; timeZone: string }>(
    `select id, time_zone as "timeZone" from kernel.units where lower(code) = lower($1)`,
    [code],
  );
  return rows[0] ?? null;
}

type ImportCall = KernelContract["intake"]["import"];
type Sent = z.input<ImportCall["input"]>["records"];

/** The refusal itself, not its envelope: the command line says it in words. */
async function unwrapped<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const cause = (error as { cause?: unknown }).cause;
    throw cause instanceof DoorstepError ? cause : error;
  }
}

async function importFile(platform: Platform, given: Given, output: Output): Promise<LedgerResult> {
  const { delimiters, encodings, importLedger } = await import("@doorstep/plugin-ledger-import/import");
  const encoding = among(encodings, given.encoding, "encoding");
  const delimiter = among(delimiters, given.delimiter?.replace("\\t", "\t"), "delimiter");
  const unit = await unitByCode(platform, given.unit);
  if (!unit) throw new DoorstepError("import.unknownUnit", { unit: given.unit });
  const context = await importer(platform, given.as);
  const { intake } = platform.router.createCaller(context) as unknown as {
    intake: { import(input: { records: Sent }): Promise<z.output<ImportCall["output"]>> };
  };
  return await importLedger({
    open: () => createReadStream(given.file),
    mapping: given.mapping,
    encoding,
    delimiter,
    source: given.source,
    timeZone: unit.timeZone,
    now: platform.kernel.now().toISOString(),
    unitByCode: async (code) => (await unitByCode(platform, code))?.id ?? null,
    ...(!given.isDryRun && {
      send: async (records) => {
        const addressed = records.map((record) => ({ unitId: unit.id, ...record }));
        return (await unwrapped(intake.import({ records: addressed }))).outcomes;
      },
    }),
    onProgress: (row) => output.err(`${row} …`),
  });
}

function tell(result: LedgerResult, given: Given, output: Output): void {
  const { counts, lines, reading, mapping } = result;
  if (output.json) {
    const rows = lines.filter((line) => line.problems.length > 0);
    output.out(
      JSON.stringify({ ok: true, dryRun: given.isDryRun, source: given.source, reading, mapping, counts, rows }),
    );
    return;
  }
  for (const line of lines)
    for (const problem of line.problems)
      output.out(`${line.row}\t${line.key}\t${problem.code}\t${errorText(problem.code, problem.params, "en")}`);
  const totals = Object.entries(counts).filter(([, count]) => count > 0);
  output.out(totals.map(([state, count]) => `${state} ${count}`).join(", ") || "nothing");
}

/** `doorstep import`: an old register from the command line, by the code of the plugin ledger-import. */
export const importVerb: Verb = {
  summary: "import an old register (CSV, XLSX), or try it out with --dry-run",
  usage,
  async run(args, output) {
    if (args.includes("--all")) {
      const { restoreFrom } = await import("../backup/restore.ts");
      return await restoreFrom(
        args.filter((arg) => arg !== "--all"),
        output,
      );
    }
    const given = readArgs(args);
    // With its plugins: the policy pack that an old petition is opened under comes from one of them.
    const { plugins } = await import("@doorstep/server");
    const result = await withPlatform(output, { plugins }, (platform) => importFile(platform, given, output));
    if (given.report !== undefined) {
      const { reportCsv } = await import("@doorstep/plugin-ledger-import/import");
      writeFileSync(given.report, reportCsv(result.lines, "en"));
    }
    tell(result, given, output);
    return 0;
  },
};
