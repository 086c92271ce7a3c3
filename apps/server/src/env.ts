import { resolve } from "node:path";
import { type FilingBudget, filingBudget, usualBudget } from "@doorstep/kernel";
import { z } from "zod";

const flag = (byDefault: boolean) =>
  z
    .string()
    .optional()
    .transform((value) =>
      value === undefined || value === "" ? byDefault : !["0", "false", "no", "off"].includes(value),
    );

/** An empty variable is an unset one: that is how container tools leave them. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const schema = z.object({
  PORT: optional(z.coerce.number().int().min(0).max(65_535)).transform((port) => port ?? 3_000),
  HOST: optional(z.string().max(255)).transform((host) => host ?? "127.0.0.1"),
  DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres://")),
  DOORSTEP_DATA_DIR: optional(z.string()).transform((dir) => resolve(dir ?? ".doorstep")),
  DOORSTEP_DEMO: flag(true),
  DOORSTEP_SAFE_MODE: flag(false),
  DOORSTEP_DEV: flag(false),
  DOORSTEP_PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  /** how many proxies of ours stand in front and append to X-Forwarded-For; `true` is one */
  DOORSTEP_TRUST_PROXY: optional(
    z.preprocess(
      (value) => (value === "true" ? 1 : value === "false" ? 0 : value),
      z.coerce.number().int().min(0).max(5),
    ),
  ).transform((hops) => hops ?? 0),
  DOORSTEP_KEY_FILE: optional(z.string()),
  DOORSTEP_KEY_COMMAND: optional(z.string()),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(z.url({ protocol: /^https?$/ })),
  DOORSTEP_UPGRADE_WITHOUT_BACKUP: flag(false),
  DOORSTEP_FILING_BUDGET: optional(z.string().regex(/^[1-9]\d{0,5}\/[1-9]\d{0,6}$/, "must be like 60/600")),
});

/** What the environment says, checked; the fixed names of the architecture. */
export interface Env {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly demo: boolean;
  readonly safeMode: boolean;
  readonly dev: boolean;
  readonly publicUrl: string | undefined;
  readonly trustProxy: number;
  readonly keyFile: string | undefined;
  readonly keyCommand: string | undefined;
  /** where traces are sent; none are made otherwise */
  readonly tracesTo: string | undefined;
  /** data of an older release are changed without a backup first */
  readonly upgradeWithoutBackup: boolean;
  /** petitions by the public pages in ten minutes, for one unit and in all, before the fence against floods goes up */
  readonly filingBudget: FilingBudget;
}

/** Says which variable is wrong and how. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

/** Reads the environment; nothing else in the server looks at it. */
// biome-ignore lint/style/noProcessEnv: the one place that reads the environment.
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new EnvError(`The environment is not valid.\n  ${problems.join("\n  ")}`);
  }
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL,
    dataDir: data.DOORSTEP_DATA_DIR,
    demo: data.DOORSTEP_DEMO,
    safeMode: data.DOORSTEP_SAFE_MODE,
    dev: data.DOORSTEP_DEV,
    publicUrl: data.DOORSTEP_PUBLIC_URL?.replace(/\/+$/, ""),
    trustProxy: data.DOORSTEP_TRUST_PROXY,
    keyFile: data.DOORSTEP_KEY_FILE,
    keyCommand: data.DOORSTEP_KEY_COMMAND,
    tracesTo: data.OTEL_EXPORTER_OTLP_ENDPOINT,
    upgradeWithoutBackup: data.DOORSTEP_UPGRADE_WITHOUT_BACKUP,
    filingBudget: budgetOf(data.DOORSTEP_FILING_BUDGET),
  };
}

function budgetOf(said: string | undefined): FilingBudget {
  const [perUnit, inAll] = (said ?? "").split("/").map(Number);
  return perUnit && inAll ? filingBudget(perUnit, inAll) : usualBudget;
}

const LOOPBACK_HOSTS = new Set(["127.0.0.1", "localhost", "::1", "[::1]"]);

/** Whether nobody but this machine can reach the address. */
export const isLoopbackHost = (host: string): boolean => LOOPBACK_HOSTS.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host);
