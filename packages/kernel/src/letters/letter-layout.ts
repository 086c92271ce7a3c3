import type { LetterBlock, LetterDoc, LetterRow } from "@doorstep/contracts";
import type { Content, TableCell } from "pdfmake/interfaces.js";

const MM = 72 / 25.4;
/** Page frame of GB/T 9704-2012: top 37, left 28, text area 156 x 225 mm. */
export const page = { left: 28 * MM, top: 37 * MM, right: 26 * MM, bottom: 35 * MM };
const A4_WIDTH = 595.28;
const WIDTH = A4_WIDTH - page.left - page.right;
const LINES = 22;
const TEXT_HEIGHT = 841.89 - page.top - page.bottom;

/** Sizes by language: GB/T 9704 sets Chinese in 16 pt, 22 lines a page; English of that size reads like a poster. */
export interface Measures {
  readonly body: number;
  readonly small: number;
  readonly title: number;
  /** Height of one line of the body, as pdfmake wants it: a multiple of the face's own height. */
  readonly bodyLine: number;
  readonly smallLine: number;
  readonly indent: number;
}

export function measuresFor(doc: LetterDoc, faceHeight: number): Measures {
  const chinese = doc.locale === "zh-CN";
  const body = chinese ? 16 : 12;
  const small = chinese ? 12 : 10.5;
  const pitch = chinese ? Math.floor((TEXT_HEIGHT / LINES) * 100) / 100 : 19;
  return {
    body,
    small,
    title: chinese ? 22 : 18,
    bodyLine: pitch / (body * faceHeight),
    smallLine: (small * 1.42) / (small * faceHeight),
    indent: chinese ? body * 2 : 0,
  };
}

const RED = "#c8102e";
const GREY = "#595959";
const LABEL_SHARE = 0.22;
const PADDING = 5;

/** Outer width of a table is fixed, so that no unbroken word can push it over the edge of the page. */
const columnWidths = (shares: readonly number[]): number[] => {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const free = WIDTH - shares.length * 2 * PADDING - (shares.length + 1) * 0.5;
  return shares.map((share) => Math.floor(((free * share) / whole) * 100) / 100);
};

const lines = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0.5,
  hLineColor: () => GREY,
  vLineColor: () => GREY,
  paddingLeft: () => PADDING,
  paddingRight: () => PADDING,
  paddingTop: () => 3,
  paddingBottom: () => 4,
};

const paragraphs = (text: string): readonly string[] => text.split("\n").filter((part) => part.trim() !== "");

/** A last table that is short enough to keep the seal company. */
const endsShort = (last: LetterBlock | undefined): boolean =>
  last?.kind === "fields" && last.rows.reduce((length, row) => length + row.value.length, 0) <= SHORT_END;

export function createLayout(doc: LetterDoc, m: Measures) {
  const colon = doc.locale === "zh-CN" ? "：" : ": ";
  const inTable = { fontSize: m.small, lineHeight: m.smallLine };
  const cell = (text: string, more: object = {}): TableCell => ({
    stack: paragraphs(text).map((part) => ({ text: part })),
    ...inTable,
    ...more,
  });
  const rowCells = (row: LetterRow): TableCell[] => [cell(row.label, { color: GREY }), cell(row.value)];

  const head = (): Content[] => [
    ...(doc.mark === null
      ? []
      : [
          { text: doc.mark, bold: true, fontSize: m.small, margin: [0, -24, 0, 8] as [number, number, number, number] },
        ]),
    {
      text: doc.issuer,
      bold: true,
      color: RED,
      alignment: "center",
      fontSize: Math.min(26, (WIDTH - 20) / Math.max(8, widthInEms(doc.issuer))),
      lineHeight: 1,
      margin: [0, 0, 0, 10],
    },
    {
      columns: [
        { text: doc.number ?? doc.draftMark ?? "", width: "*" },
        {
          text: `${doc.caseNoLabel}${colon}${doc.caseNo}`,
          width: "auto",
          alignment: "right",
          // A number broken at its hyphen is typed wrongly.
          noWrap: true,
        },
      ],
      ...inTable,
    },
    { canvas: [{ type: "line", x1: 0, y1: 4, x2: WIDTH, y2: 4, lineWidth: 2, lineColor: RED }] },
    { text: doc.title, bold: true, fontSize: m.title, alignment: "center", lineHeight: 1.05, margin: [0, 16, 0, 10] },
    ...(doc.addressee === null ? [] : [{ text: doc.addressee, ...body({ indent: 0 }) }]),
  ];

  function body(options: { readonly indent: number }) {
    return {
      fontSize: m.body,
      lineHeight: m.bodyLine,
      alignment: doc.locale === "zh-CN" ? ("justify" as const) : ("left" as const),
      leadingIndent: options.indent,
    };
  }

  const table = (
    widths: readonly number[],
    rows: TableCell[][],
    headerRows: number,
    texts: readonly string[],
  ): Content => ({
    table: {
      // a row is torn only where it might not fit a page of its own
      dontBreakRows: texts.every((text) => text.length <= SHORT_ROW),
      widths: [...widths],
      body: rows,
      headerRows,
      ...(headerRows > 0 && { keepWithHeaderRows: 1 }),
    },
    layout: lines,
    margin: [0, 4, 0, 10],
  });

  const labelled = (rows: readonly LetterRow[]) => rows.map(rowCells);
  const pair = columnWidths([LABEL_SHARE, 1 - LABEL_SHARE]);

  const block: { readonly [K in LetterBlock["kind"]]: (b: Extract<LetterBlock, { kind: K }>) => Content[] } = {
    heading: (b) => [
      {
        text: b.text,
        ...body({ indent: m.indent }),
        bold: true,
        headlineLevel: 1,
        margin: [0, doc.locale === "en" ? 6 : 0, 0, 0],
      },
    ],
    paragraph: (b) =>
      paragraphs(b.text).map((text) => ({
        text,
        ...body({ indent: m.indent }),
        margin: [0, 0, 0, doc.locale === "en" ? 6 : 0],
      })),
    list: (b) =>
      b.items.map((text, i) => ({
        text: `${i + 1}. ${text}`,
        ...body({ indent: m.indent }),
      })),
    fields: (b) => [
      table(
        pair,
        labelled(b.rows),
        0,
        b.rows.map((row) => row.value),
      ),
    ],
    demands: (b) =>
      b.items.map((item) =>
        table(
          pair,
          [[cell(item.title, { colSpan: 2, bold: true, fillColor: "#f2f2f2" }), {}], ...labelled(item.rows)],
          1,
          item.rows.map((row) => row.value),
        ),
      ),
    table: (b) => [
      table(
        columnWidths(b.columns.map((c) => c.share)),
        [
          b.columns.map((c) => cell(c.title, { bold: true, fillColor: "#f2f2f2" })),
          ...b.rows.map((row) => row.map((text) => cell(text))),
        ],
        1,
        b.rows.flat(),
      ),
    ],
  };
  const blockContent = <K extends LetterBlock["kind"]>(b: Extract<LetterBlock, { kind: K }>) => block[b.kind as K](b);

  /** Whoever sealed it, by hand: left of the seal, which nothing may cover. */
  const signer = (): Content[] => {
    const { signer: by } = doc.signature;
    if (!by) return [];
    return [
      { text: `${by.label}${colon}${by.name}`, ...inTable, margin: [0, 6, 0, 2] },
      { image: SIGNATURE_PICTURE, fit: [HAND.width, HAND.height] },
    ];
  };

  /** Unit and date at the right, the seal over both; the last words keep them company, so that no page holds a seal alone. */
  const signature = (lastWords: readonly Content[]): Content => ({
    unbreakable: true,
    margin: [0, m.body * 0.5, 0, m.body * 0.5],
    stack: [
      ...lastWords,
      {
        columns: [
          { stack: [{ text: doc.closing ?? "", ...body({ indent: m.indent }) }, ...signer()], width: "*" },
          {
            width: SIGNATURE_WIDTH,
            stack: [
              {
                canvas: [
                  {
                    type: "ellipse",
                    x: 0,
                    y: 0,
                    r1: SEAL,
                    r2: SEAL,
                    lineColor: RED,
                    lineWidth: 0.7,
                    dash: { length: 3 },
                  },
                ],
                relativePosition: { x: SIGNATURE_WIDTH / 2, y: SEAL },
              },
              { text: doc.signature.sealText, color: RED, fontSize: 9, alignment: "center", margin: [0, 8, 0, 6] },
              { text: doc.signature.unit, alignment: "center", fontSize: m.body, lineHeight: 1.05 },
              {
                text: doc.signature.dateText ?? doc.draftMark ?? "",
                alignment: "center",
                fontSize: m.body,
                lineHeight: 1.05,
                margin: [0, 2, 0, 0],
              },
              // what the seal still needs below unit and date
              { text: " ", fontSize: 1, margin: [0, 2 * SEAL - 30 - 3 * m.body, 0, 0] },
            ],
          },
          { text: "", width: m.body * 2 },
        ],
      },
    ],
  });

  const signLines = (): Content[] =>
    doc.signLines.map((label) => ({
      columns: [
        { text: label, width: "auto" },
        { canvas: [{ type: "line", x1: 6, y1: m.body * 1.2, x2: 150, y2: m.body * 1.2, lineWidth: 0.5 }], width: "*" },
      ],
      fontSize: m.small,
      margin: [0, 4, 0, 4],
      unbreakable: true,
    }));

  /** Plain words, contact and query hint in one frame that stays whole where it is short. */
  const notes = (isWhole: boolean): Content => {
    const { code, address, hint } = doc.query;
    const text: Content[] = [
      { text: doc.summary.title, bold: true },
      ...doc.summary.paragraphs.flatMap(paragraphs).map((part) => ({ text: part })),
      { text: doc.contact.map((row) => `${row.label}${colon}${row.value}`).join(doc.locale === "zh-CN" ? "；" : "; ") },
      ...(code === null
        ? []
        : [
            { text: code.label, margin: [0, 6, 0, 0] as [number, number, number, number] },
            { text: code.value, bold: true, fontSize: m.body, characterSpacing: 1 },
          ]),
      ...(address === null ? [] : [{ text: address, margin: [0, 4, 0, 0] as [number, number, number, number] }]),
      { text: hint, color: GREY },
    ];
    const columns: TableCell[] = [{ stack: text, ...inTable }];
    if (address !== null) columns.push({ qr: address, fit: QR, margin: [0, 4, 0, 0], alignment: "center" });
    const shares = address === null ? [1] : [WIDTH - QR - 4 * PADDING, QR + 2 * PADDING];
    return {
      unbreakable: isWhole,
      table: { widths: columnWidths(shares), body: [columns] },
      layout: {
        ...lines,
        vLineWidth: (i: number) => (i === 0 || i === columns.length ? 0.5 : 0),
      },
      margin: [0, 10, 0, 0],
    };
  };

  return {
    content: (): Content[] => {
      const text = doc.blocks.flatMap((b) => blockContent(b));
      const isText = (c: Content | undefined) => typeof c === "object" && "text" in c;
      const isHeading = (c: Content | undefined) => typeof c === "object" && "headlineLevel" in c;
      const keeps = isText(text.at(-1)) || endsShort(doc.blocks.at(-1));
      const taken = keeps ? 1 + Number(isHeading(text.at(-2))) : 0;
      const lastWords = text.splice(text.length - taken);
      const lastText = lastWords.map((c) => (typeof c === "object" && "text" in c ? String(c.text) : "")).join("");
      const said = widthInEms(doc.summary.paragraphs.join("")) + BODY_TO_SMALL * widthInEms(lastText);
      const isShort = said <= MOST_KEPT_TOGETHER;
      // the frame is never alone on a page: where it does not fit, the seal goes on with it, and a long one begins below the seal
      const end: Content[] = [signature(lastWords), ...signLines(), notes(isShort)];
      return [...head(), ...text, ...(isShort ? [{ unbreakable: true, stack: end }] : end)];
    },
    /** `— 1 —` seven millimetres under the text, outside on each side, the case number opposite. */
    footer: (currentPage: number): Content => {
      const number = {
        text: `— ${currentPage} —`,
        fontSize: 14,
        alignment: currentPage % 2 === 1 ? ("right" as const) : ("left" as const),
      };
      const caseNo = {
        text: doc.caseNo,
        fontSize: 9,
        color: GREY,
        margin: [0, 4, 0, 0] as [number, number, number, number],
      };
      return {
        margin: [page.left, 7 * MM, page.right, 0],
        columns:
          currentPage % 2 === 1
            ? [{ ...caseNo, alignment: "left" }, number]
            : [number, { ...caseNo, alignment: "right" }],
      };
    },
  };
}

const SHORT_ROW = 300;
/** What the frame, the seal and the last words may say, in characters of the frame, so that all of it has room on one page. */
const MOST_KEPT_TOGETHER = 450;
/** A character of the text takes as much of a page as so many of the frame. */
const BODY_TO_SMALL = 2;
const SHORT_END = 200;
/** The picture of the hand that signs, among those of the document. */
export const SIGNATURE_PICTURE = "signature";
const HAND = { width: 130, height: 52 };
const SIGNATURE_WIDTH = 210;
const SEAL = 54;
const QR = 84;

/** Rough width of a line of text in em: Han and full-width one, the rest about half. */
const widthInEms = (text: string): number =>
  [...text].reduce((sum, c) => sum + (/[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFF60]/u.test(c) ? 1 : 0.6), 0);
