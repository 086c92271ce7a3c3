import { type DestinationStream, type Logger, pino } from "pino";

export type { Logger } from "pino";

/** Fields that could carry what people wrote or who they are; a call that passes one by mistake logs nothing of it. */
const redact = [
  "password",
  "token",
  "code",
  "cookie",
  "authorization",
  "name",
  "username",
  "body",
  "text",
  "title",
  "contact",
  "url",
  "headers",
  "input",
].flatMap((key) => [key, `*.${key}`]);

/** The server's log: one JSON line an event, never a body, an address, a query string or a name. */
export function createLog(options: { readonly level?: string; readonly destination?: DestinationStream } = {}): Logger {
  const settings = { level: options.level ?? "info", base: null, redact: { paths: redact, censor: "[removed]" } };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

interface Fault {
  readonly kind: string;
  readonly what: string;
  readonly at: string;
}

const framesOf = (error: Error): string =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join("\n");

/**
 * Describes an error for the log. What a database says about a row holds the row's values, so that of such an error
 * only its code, table and constraint are kept; of a schema's complaint only the paths.
 */
export function describeFault(error: unknown): Fault & { readonly cause?: Fault } {
  if (!(error instanceof Error)) return { kind: typeof error, what: "not an error object", at: "" };
  const cause = error.cause instanceof Error && error.cause !== error ? describeFault(error.cause) : undefined;
  return { kind: error.name, what: whatHappened(error), at: framesOf(error), ...(cause && { cause }) };
}

function whatHappened(error: Error): string {
  const database = error as { severity?: unknown; code?: unknown; table?: unknown; constraint?: unknown };
  if (typeof database.severity === "string") {
    return `database ${String(database.code)} ${String(database.table ?? "")} ${String(database.constraint ?? "")}`.trim();
  }
  const issues = (error as { issues?: unknown }).issues;
  if (Array.isArray(issues)) {
    return issues
      .slice(0, 10)
      .map((issue: { path?: unknown[]; code?: unknown }) => `${(issue.path ?? []).join(".")}: ${String(issue.code)}`)
      .join("; ");
  }
  // drizzle repeats the statement with its values
  return error.message.startsWith("Failed query") ? "failed query" : error.message.slice(0, 500);
}
