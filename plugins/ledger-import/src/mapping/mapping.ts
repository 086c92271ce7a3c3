import { hash } from "node:crypto";
import { z } from "zod";

const column = z.string().max(130);
const columns = z.array(column).max(10);

export const dateOrders = ["ymd", "mdy", "dmy"] as const;

/** Which columns say what. Several columns of one field are joined. */
export const mapping = z.object({
  /** none: the row's own content is its key */
  key: columns.default([]),
  /** e.g. type and descriptor; none: the first words of the text */
  title: columns.default([]),
  /** none: the title is all there is */
  body: columns.default([]),
  receivedAt: column,
  reply: columns.default([]),
  repliedAt: column.nullable().default(null),
  closedAt: column.nullable().default(null),
  petitioner: column.nullable().default(null),
  topic: column.nullable().default(null),
  /** code of the unit; none: all rows are of the unit that imports */
  unit: column.nullable().default(null),
  /** how `4/5/2019` is meant */
  dateOrder: z.enum(dateOrders).default("ymd"),
  /** takes rows in which characters were lost (`?`) as they are */
  acceptDamaged: z.boolean().default(false),
});
export type Mapping = z.output<typeof mapping>;
export type MappingInput = z.input<typeof mapping>;

/** Every column a mapping names. */
export const mappedColumns = (m: Mapping): readonly string[] => [
  ...m.key,
  ...m.title,
  ...m.body,
  ...m.reply,
  m.receivedAt,
  ...[m.repliedAt, m.closedAt, m.petitioner, m.topic, m.unit].filter((one) => one !== null),
];

/** Under this the choices for a set of columns are remembered, in whatever order the columns stand. */
export const headerKey = (names: readonly string[]): string => hash("sha256", names.toSorted().join("\n"), "hex");

type Field = Exclude<keyof Mapping, "dateOrder" | "acceptDamaged">;

/** What columns are called in old registers; the first that fits is proposed. */
const customary: Readonly<Record<Field, readonly RegExp[]>> = {
  key: [/^(unique[_ ]?key|case[_ ]?(id|no)|id|编号|.*编号|流水号|序号)$/i],
  title: [
    /^(subject|title|主题|标题|.*主题|事由)$/i,
    /^(complaint_type|category|type|问题类别|类别)$/i,
    /^(descriptor|subtype|子类别)$/i,
  ],
  body: [/^(body|content|text|description|narrative|.*详情|内容|.*内容|正文|诉求)$/i],
  receivedAt: [/^(created_at|opendate|open_date|received.*|date|.*来信时间|.*时间|.*日期|登记时间|收件时间)$/i],
  reply: [/^(reply|response|answer|答复|.*答复意见|.*答复内容|回复|处理结果)$/i],
  repliedAt: [/^(replied_at|reply_date|response_date|答复时间|答复日期|回复时间)$/i],
  closedAt: [/^(closedate|closed_at|close_date|end_date|办结时间|办结日期|结案日期)$/i],
  petitioner: [/^(user|petitioner|name|用户|.*用户|留言人|来信人|姓名)$/i],
  topic: [/^(topic|topic_code|主题代码|分类代码)$/i],
  unit: [/^(unit|unit_code|单位|单位代码|责任单位)$/i],
};

const several: readonly Field[] = ["key", "title", "body", "reply"];

/** Proposes a mapping from the columns' names; a person looks at it. A column is given to one field only. */
export function proposeMapping(names: readonly string[]): Partial<MappingInput> {
  const taken = new Set<string>();
  const take = (form: RegExp): string | undefined => {
    const found = names.find((name) => !taken.has(name) && form.test(name));
    if (found !== undefined) taken.add(found);
    return found;
  };
  const proposal: Record<string, unknown> = {};
  // Narrow names first: "答复时间" must not be taken as the time of receipt.
  const order: readonly Field[] = [
    "key",
    "repliedAt",
    "closedAt",
    "reply",
    "topic",
    "unit",
    "petitioner",
    "title",
    "body",
    "receivedAt",
  ];
  for (const field of order) {
    const found = customary[field].flatMap((form) => take(form) ?? []);
    if (found.length === 0) continue;
    proposal[field] = several.includes(field) ? titleColumns(field, found) : found[0];
  }
  return proposal as Partial<MappingInput>;
}

/** A subject of its own stands alone; type and descriptor stand together. */
const titleColumns = (field: Field, found: readonly string[]): readonly string[] =>
  field === "title" && customary.title[0]?.test(found[0] ?? "") ? found.slice(0, 1) : found;
