import type { Locale, ReportCell, ReportResult, Text } from "@doorstep/contracts";
import { DoorstepError } from "@doorstep/contracts";
import type { Content, CustomTableLayout, TableCell, TDocumentDefinitions } from "pdfmake/interfaces.js";
import { localTimeOf } from "../clocks/local-time.ts";
import { allTexts, missingIn, withCharactersNamed } from "../letters/letter-fonts.ts";
import { drawDocument, STANDARD } from "../letters/render-letter.ts";
import { sayIn } from "../letters/words.ts";

/** Rows that a PDF holds; drawing more would keep the server from everything else for seconds. */
export const MOST_ROWS_ON_PAPER = 1_000;
/** More columns than stand beside each other on an upright page. */
const UPRIGHT_COLUMNS = 5;
/** More columns than stand beside each other on a lying one, written as large and as far apart as others. */
const WIDE_COLUMNS = 10;
const MARGIN = 42;
const SMALL = 8;
const NORMAL = 9;
/** A heading, the head of its table and a row of two lines: less is left white at a page's foot. */
const HEADING_WITH_A_ROW = 80;
const GREY = "#595959";

type Cell = ReportCell | undefined;

/** A value of a report in words. */
export function wordsOfCell(value: Cell, locale: Locale): string {
  if (typeof value === "boolean") return value ? sayIn(locale)("是", "Yes") : sayIn(locale)("否", "No");
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? value[locale] : String(value);
}

/** Who took a report out and when, by the unit's own clock: stands in every file and on every page. */
export function markOf(taken: {
  readonly by: string;
  readonly at: Date;
  readonly unit: Text;
  readonly zone: string;
}): Text {
  const { date, time } = localTimeOf(taken.at.toISOString(), taken.zone);
  return {
    "zh-CN": `${taken.by}于${date} ${time}从${taken.unit["zh-CN"]}导出，内部资料，导出已记录`,
    en: `Taken by ${taken.by} at ${taken.unit.en}, ${date} ${time}; for inside use, written into the log`,
  };
}

interface Group {
  readonly title: string | null;
  readonly rows: ReportResult["table"]["rows"];
}

/** Rows in their order, those that follow each other with the same group together. */
function groupsOf({ rows, groupBy }: ReportResult["table"], locale: Locale): readonly Group[] {
  if (groupBy === undefined) return [{ title: null, rows }];
  const groups: { title: string; rows: ReportResult["table"]["rows"][number][] }[] = [];
  for (const row of rows) {
    const title = wordsOfCell(row[groupBy], locale);
    const last = groups.at(-1);
    if (last?.title === title) last.rows.push(row);
    else groups.push({ title, rows: [row] });
  }
  return groups;
}

/** As `lightHorizontalLines`, with its columns closer to each other. */
const NARROW: CustomTableLayout = {
  hLineWidth: (line, { table }) => (line === 0 || line === table.body.length ? 0 : line === table.headerRows ? 2 : 1),
  vLineWidth: () => 0,
  hLineColor: (line) => (line === 1 ? "black" : "#aaa"),
  paddingLeft: (column) => (column === 0 ? 0 : 3),
  paddingRight: () => 3,
};

function tableOf(group: Group, columns: ReportResult["table"]["columns"], locale: Locale): Content {
  const head = columns.map((column): TableCell => ({ text: column.title[locale], bold: true }));
  const body = group.rows.map((row) =>
    columns.map(
      ({ key }): TableCell => ({
        text: wordsOfCell(row[key], locale),
        alignment: typeof row[key] === "number" ? "right" : "left",
      }),
    ),
  );
  return {
    table: { headerRows: 1, widths: columns.map((_, n) => (n === 0 ? "*" : "auto")), body: [head, ...body] },
    layout: columns.length > WIDE_COLUMNS ? NARROW : "lightHorizontalLines",
    fontSize: columns.length > WIDE_COLUMNS ? SMALL : NORMAL,
    margin: [0, 0, 0, 10],
  };
}

function definitionOf(result: ReportResult, mark: string, locale: Locale, at: Date): TDocumentDefinitions {
  const { title, unit, table } = result;
  const columns = table.columns.filter((column) => column.key !== table.groupBy);
  return {
    pageSize: "A4",
    pageOrientation: columns.length > UPRIGHT_COLUMNS ? "landscape" : "portrait",
    pageMargins: [MARGIN, MARGIN, MARGIN, MARGIN + 10],
    language: locale,
    displayTitle: true,
    info: { title: title[locale], creator: "Doorstep", producer: "Doorstep", creationDate: at, modDate: at },
    defaultStyle: { font: STANDARD, fontSize: 10 },
    content: [
      { text: title[locale], bold: true, fontSize: 18, margin: [0, 0, 0, 4] },
      {
        text: [unit.name, table.period].flatMap((part) => part?.[locale] ?? []).join(" · "),
        color: GREY,
        margin: [0, 0, 0, 12],
      },
      ...groupsOf(table, locale).flatMap((group): Content[] => [
        ...(group.title === null
          ? []
          : [{ text: group.title, bold: true, fontSize: 12, headlineLevel: 1, margin: [0, 6, 0, 4] } as Content]),
        tableOf(group, columns, locale),
      ]),
    ],
    footer: (current, pages) => ({
      columns: [{ text: mark }, { text: `${current} / ${pages}`, alignment: "right", width: 60 }],
      ...{ fontSize: SMALL, color: GREY, margin: [MARGIN, 14, MARGIN, 0] },
    }),
    pageBreakBefore: ({ headlineLevel, startPosition: { top, pageInnerHeight } }) =>
      headlineLevel === 1 && MARGIN + pageInnerHeight - top < HEADING_WITH_A_ROW,
  };
}

/**
 * A report as PDF: A4, its mark at the foot of each page. Characters that no font has are named by their number.
 *
 * @throws DoorstepError `table.tooLongForPaper`
 */
export async function drawReport(
  result: ReportResult,
  how: { readonly mark: Text; readonly locale: Locale; readonly at: Date },
): Promise<Uint8Array> {
  if (result.table.rows.length > MOST_ROWS_ON_PAPER)
    throw new DoorstepError("table.tooLongForPaper", { max: MOST_ROWS_ON_PAPER });
  const mark = how.mark[how.locale];
  const missing = missingIn(allTexts([result, mark]));
  const named = withCharactersNamed({ result, mark }, missing);
  return await drawDocument(definitionOf(named.result, named.mark, how.locale, how.at), []);
}
