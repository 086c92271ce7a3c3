/** Why a talk is offered or asked for. A petition is never among them, and not known here. */
export const occasions = [
  "regular",
  "wish",
  "arrival",
  "leave",
  "family",
  "bereavement",
  "injury",
  "punishment",
  "promotion",
  "transfer",
  "discharge",
] as const;
export type Occasion = (typeof occasions)[number];

/** The regular ones are for the plan; anything else somebody may name himself. */
export const occasionsToAsk = occasions.filter((one): one is Exclude<Occasion, "regular"> => one !== "regular");
