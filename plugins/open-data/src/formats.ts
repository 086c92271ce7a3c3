import type { Text } from "@doorstep/sdk";
import type { Cell, Content } from "./content.ts";

type Key = keyof Cell;

/** What the columns mean, for people and machines alike. */
const columns: Readonly<Record<Key, Text>> = {
  month: { "zh-CN": "统计月份", en: "Month that was counted" },
  release: { "zh-CN": "第几次发布；大于1是更正", en: "Number of the release; above 1 it is a correction" },
  releasedOn: { "zh-CN": "发布日期", en: "Day of the release" },
  unit: { "zh-CN": "单位代码", en: "Code of the unit" },
  scope: {
    "zh-CN": "own：只计本单位；all：连同所有下级",
    en: "own: of the unit alone; all: with all units below it",
  },
  kind: {
    "zh-CN": "total：总数；dimension：按某一分类；measure：某一情形成立或不成立",
    en: "total: all of them; dimension: by one way of dividing them; measure: of how many something holds",
  },
  name: { "zh-CN": "哪种分类或哪种情形；总数为空", en: "Which dimension or measure; empty for the total" },
  value: {
    "zh-CN": "分类的哪一项；情形为yes（成立）或no（不成立）；总数为空",
    en: "Which value of the dimension; yes or no of a measure; empty for the total",
  },
  count: {
    "zh-CN": "数量；空表示不显示，以免认出个别的人",
    en: "How many; empty means hidden, so that nobody can be found",
  },
};
const keys = Object.keys(columns) as readonly Key[];

/** What would be taken for a formula is told to be text. */
const csvCell = (value: string | number | null): string => {
  const text = String(value ?? "");
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
};
const toCsv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;

/** Every code that stands in the figures, in both languages. */
function codesOf({ about, units }: Content): readonly { column: Key; of: string; code: string; text: Text }[] {
  return [
    ...Object.entries(units).map(([code, text]) => ({ column: "unit" as const, of: "", code, text })),
    ...Object.entries(about.dimensions).flatMap(([name, { title, values }]) => [
      { column: "name" as const, of: "dimension", code: name, text: title },
      ...Object.entries(values).map(([code, text]) => ({ column: "value" as const, of: name, code, text })),
    ]),
    ...Object.entries(about.measures).map(([code, text]) => ({ column: "name" as const, of: "measure", code, text })),
  ];
}

export type FileFormat = "csv" | "json" | "dictionary";

interface Written {
  readonly dataset: string;
  readonly version: number;
  readonly from: string;
  readonly to: string;
  readonly publishedAt: string;
  readonly content: Content;
  readonly format: FileFormat;
}

interface WrittenFile {
  readonly fileName: string;
  readonly type: "text/csv" | "application/json";
  readonly text: string;
}

/** A publication as a file. */
export function write({ dataset, version, from, to, publishedAt, content, format }: Written): WrittenFile {
  const name = `${content.unit.code}-${dataset.replace("/", "-")}-v${version}`;
  const codes = codesOf(content);
  if (format === "csv")
    return {
      ...{ fileName: `${name}.csv`, type: "text/csv" },
      text: toCsv([keys, ...content.cells.map((cell) => keys.map((key) => cell[key]))]),
    };
  if (format === "dictionary")
    return {
      ...{ fileName: `${name}-dictionary.csv`, type: "text/csv" },
      text: toCsv([
        ["column", "of", "code", "zh-CN", "en"],
        ...keys.map((key) => [key, "", "", columns[key]["zh-CN"], columns[key].en]),
        ...codes.map((one) => [one.column, one.of, one.code, one.text["zh-CN"], one.text.en]),
      ]),
    };
  const { title, module } = content.about;
  const text = JSON.stringify({
    ...{
      title,
      module,
      unit: content.unit,
      dataset,
      version,
      from,
      to,
      publishedAt: new Date(publishedAt).toISOString(),
    },
    dictionary: { columns: keys.map((key) => ({ name: key, meaning: columns[key] })), codes },
    rows: content.cells,
  });
  return { fileName: `${name}.json`, type: "application/json", text };
}
