import type { DatasetAbout, Text } from "@doorstep/sdk";

/** One released number. */
export interface Cell {
  readonly month: string;
  /** the number of the release: above 1 it is a correction */
  readonly release: number;
  /** local date */
  readonly releasedOn: string;
  readonly unit: string;
  /** of the unit alone, or with all below it */
  readonly scope: "own" | "all";
  readonly kind: "total" | "dimension" | "measure";
  /** which dimension or measure; empty for the total */
  readonly name: string;
  /** which value of the dimension; `yes` or `no` of a measure; empty for the total */
  readonly value: string;
  /** null: hidden, so that nobody can be found */
  readonly count: number | null;
}

/** A publication as it is kept: numbers, and what explains them at that time. */
export interface Content {
  readonly unit: { readonly code: string; readonly name: Text };
  readonly about: Pick<DatasetAbout, "title" | "module" | "dimensions" | "measures">;
  /** names of the units in it, by their codes */
  readonly units: Readonly<Record<string, Text>>;
  readonly cells: readonly Cell[];
}
