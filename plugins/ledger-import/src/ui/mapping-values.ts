import type { MappingInput } from "../mapping/mapping.ts";

/** What the fields of the form hold: one column each, empty for none. */
export interface MappingValues {
  readonly source: string;
  readonly key: string;
  readonly title1: string;
  readonly title2: string;
  readonly body: string;
  readonly receivedAt: string;
  readonly reply: string;
  readonly repliedAt: string;
  readonly closedAt: string;
  readonly petitioner: string;
  readonly topic: string;
  readonly unit: string;
  readonly dateOrder: string;
  readonly acceptDamaged: boolean;
}

export const fromMapping = (proposal: Partial<MappingInput>, source: string): MappingValues => ({
  source,
  key: proposal.key?.[0] ?? "",
  title1: proposal.title?.[0] ?? "",
  title2: proposal.title?.[1] ?? "",
  body: proposal.body?.[0] ?? "",
  receivedAt: proposal.receivedAt ?? "",
  reply: proposal.reply?.[0] ?? "",
  repliedAt: proposal.repliedAt ?? "",
  closedAt: proposal.closedAt ?? "",
  petitioner: proposal.petitioner ?? "",
  topic: proposal.topic ?? "",
  unit: proposal.unit ?? "",
  dateOrder: proposal.dateOrder ?? "ymd",
  acceptDamaged: proposal.acceptDamaged ?? false,
});

/** Columns of a field that the form shows one of: the shown one first, those it does not show as they were proposed. */
const withRest = (shown: readonly string[], proposed: readonly string[] | undefined): string[] => {
  const chosen = shown.filter((column) => column !== "");
  if (chosen[0] !== proposed?.[0]) return chosen;
  return [...chosen, ...(proposed ?? []).slice(shown.length)];
};

const orders = ["ymd", "mdy", "dmy"] as const;

export const toMapping = (values: MappingValues, proposal: Partial<MappingInput>): MappingInput => ({
  key: withRest([values.key], proposal.key),
  title: withRest([values.title1, values.title2], proposal.title),
  body: withRest([values.body], proposal.body),
  receivedAt: values.receivedAt,
  reply: withRest([values.reply], proposal.reply),
  repliedAt: values.repliedAt || null,
  closedAt: values.closedAt || null,
  petitioner: values.petitioner || null,
  topic: values.topic || null,
  unit: values.unit || null,
  dateOrder: orders.find((one) => one === values.dateOrder) ?? "ymd",
  acceptDamaged: values.acceptDamaged,
});
