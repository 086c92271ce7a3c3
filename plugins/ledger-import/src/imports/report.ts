import { errorText, type Locale } from "@doorstep/sdk";
import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import { imports, type RowState, rows } from "../schema.ts";
import { type ImportCtx, type ImportRow, importOf } from "./import-ctx.ts";

export type Counts = Readonly<Record<RowState, number>>;

/** How many rows have which result. */
export async function countsOf(ctx: ImportCtx, importId: string): Promise<Counts> {
  const found = await ctx.db
    .select({ state: rows.state, count: sql<number>`count(*)::int` })
    .from(rows)
    .where(eq(rows.importId, importId))
    .groupBy(rows.state);
  const counts = { ready: 0, bad: 0, created: 0, same: 0, refused: 0 };
  for (const { state, count } of found) counts[state] = count;
  return counts;
}

export interface Progress {
  readonly importId: string;
  readonly fileName: string;
  readonly fileSize: number;
  readonly state: ImportRow["state"];
  readonly readTo: number;
  readonly counts: Counts;
  readonly source: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

const iso = (stamp: string): string => new Date(stamp).toISOString();

const progress = (found: ImportRow, counts: Counts): Progress => ({
  importId: found.id,
  fileName: found.fileName,
  fileSize: found.fileSize,
  state: found.state,
  readTo: found.readTo,
  counts,
  source: found.source,
  createdAt: iso(found.createdAt),
  finishedAt: found.finishedAt === null ? null : iso(found.finishedAt),
});

export async function progressOf(ctx: ImportCtx, importId: string): Promise<Progress> {
  return progress(await importOf(ctx, importId), await countsOf(ctx, importId));
}

/** The unit's imports, newest first. */
export async function listImports(ctx: ImportCtx): Promise<Progress[]> {
  const found = await ctx.db
    .select()
    .from(imports)
    .where(eq(imports.unitId, ctx.unit.id))
    .orderBy(sql`${imports.createdAt} desc`)
    .limit(50);
  return await Promise.all(found.map(async (one) => progress(one, await countsOf(ctx, one.id))));
}

const bad: readonly RowState[] = ["bad", "refused"];

export interface ReportAsked {
  readonly importId: string;
  readonly only: "bad" | "all";
  readonly after: number;
  readonly limit: number;
}

/** Rows with their results, a page at a time. */
export async function reportPage(ctx: ImportCtx, asked: ReportAsked) {
  await importOf(ctx, asked.importId);
  const found = await ctx.db
    .select({
      row: rows.row,
      key: rows.sourceKey,
      state: rows.state,
      problems: rows.problems,
      caseNo: rows.caseNo,
      title: sql<string | null>`${rows.record} ->> 'title'`,
    })
    .from(rows)
    .where(
      and(
        eq(rows.importId, asked.importId),
        gt(rows.row, asked.after),
        asked.only === "bad" ? inArray(rows.state, [...bad]) : undefined,
      ),
    )
    .orderBy(asc(rows.row))
    .limit(asked.limit + 1);
  const items = found.slice(0, asked.limit);
  return { items, next: found.length > asked.limit ? (items.at(-1)?.row ?? null) : null };
}

const words: Readonly<
  Record<Locale, { readonly header: readonly string[]; readonly states: Readonly<Record<RowState, string>> }>
> = {
  "zh-CN": {
    header: ["行号", "编号", "结果", "事项编号", "代码", "说明"],
    states: { ready: "可导入", bad: "未导入", created: "已导入", same: "此前已导入", refused: "未导入" },
  },
  en: {
    header: ["Row", "Key", "Result", "Case number", "Codes", "Explanation"],
    states: {
      ready: "can be imported",
      bad: "not imported",
      created: "imported",
      same: "imported before",
      refused: "not imported",
    },
  },
};

/** A cell that no spreadsheet takes for a formula. */
const csvCell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export interface ReportLine {
  readonly row: number;
  readonly key: string;
  readonly state: RowState;
  readonly caseNo: string | null;
  readonly problems: readonly { readonly code: string; readonly params: Readonly<Record<string, string | number>> }[];
}

/** The report as a file that spreadsheets open: UTF-8 with its mark. */
export function reportCsv(lines: readonly ReportLine[], locale: Locale): string {
  const { header, states } = words[locale];
  const body = lines.map((line) => [
    String(line.row),
    line.key,
    states[line.state],
    line.caseNo ?? "",
    line.problems.map((one) => one.code).join(" "),
    line.problems.map((one) => errorText(one.code, one.params, locale)).join(" "),
  ]);
  return `\uFEFF${[header, ...body].map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** All rows of an import as CSV. */
export async function reportFile(ctx: ImportCtx, importId: string, locale: Locale) {
  const found = await importOf(ctx, importId);
  const lines = await ctx.db
    .select({ row: rows.row, key: rows.sourceKey, state: rows.state, problems: rows.problems, caseNo: rows.caseNo })
    .from(rows)
    .where(eq(rows.importId, importId))
    .orderBy(asc(rows.row));
  const name = found.fileName.replace(/\.[^.]*$/, "");
  return { fileName: `${name}-report.csv`, csv: reportCsv(lines, locale) };
}
