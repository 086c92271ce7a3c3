import type { Id } from "@doorstep/sdk";
import { type Dataset, datasetName } from "../figures/released.ts";

type Figures = Readonly<Record<string, Readonly<Record<string, number | null>>>>;

/** What a unit has of a month, as it was released; `null` is hidden, and a measure is named `+measure`. */
export interface ReleasedOf {
  readonly unitId: Id;
  readonly parentId: Id | null;
  /** @defaultValue false */
  readonly own?: boolean;
  readonly total: number | null;
  readonly figures?: Figures;
}

type Sql = (text: string, values?: readonly unknown[]) => Promise<unknown>;

/** Writes a release as the kernel keeps it. */
export async function release(sql: Sql, dataset: Dataset, month: string, rows: readonly ReleasedOf[]): Promise<void> {
  const id = crypto.randomUUID();
  await sql(
    `insert into kernel.figure_releases (id, dataset, month, number, released_at)
     select $1, $2, $3, 1 + count(*), now() from kernel.figure_releases where dataset = $2 and month = $3`,
    [id, datasetName(dataset), month],
  );
  for (const { unitId, parentId, own = false, total, figures = {} } of rows)
    await sql(
      `insert into kernel.figure_rows (release_id, unit_id, own, parent_id, total, figures)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, unitId, own, parentId, total, JSON.stringify(figures)],
    );
}
