import type { QueueItem } from "@doorstep/contracts";
import type { DeskKey } from "../text.ts";

export type Labelled = Pick<QueueItem, "confidentiality" | "anonymity" | "imported"> & { readonly unread?: boolean };

interface Label {
  readonly key: DeskKey;
  readonly color: string;
  readonly holds: (item: Labelled) => boolean;
}

const labels: readonly Label[] = [
  { key: "desk.label.C3", color: "red", holds: (item) => item.confidentiality === 3 },
  { key: "desk.label.C2", color: "orange", holds: (item) => item.confidentiality === 2 },
  { key: "desk.label.confidential", color: "grape", holds: (item) => item.anonymity === "confidential" },
  { key: "desk.label.anonymous", color: "gray", holds: (item) => item.anonymity === "anonymous" },
  { key: "desk.label.imported", color: "gray", holds: (item) => item.imported },
  { key: "desk.label.unread", color: "indigo", holds: (item) => item.unread === true },
];

/** What must be seen at once about a case, the weightiest first. */
export const labelsOf = (item: Labelled): readonly Label[] => labels.filter((label) => label.holds(item));
