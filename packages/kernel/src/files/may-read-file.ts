import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";

export interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly storageKey: string;
  readonly kek: string;
  readonly dek: Buffer;
}

export interface FileReader {
  readonly actor: Actor | undefined;
  /** the case whose return code was posted */
  readonly codeCaseId: string | undefined;
}

/**
 * A file is seen by whoever sees its case: one of his keys is in the audience, his ceiling covers the level, he is not
 * recused. By return code, or as the petitioner himself, only what is meant for the petitioner. A file that no case
 * has claimed is seen by nobody.
 */
const FILE = `
  select f.id, f.name, f.type, f.size, f.storage_key as "storageKey", f.kek, f.dek from kernel.files f
  where f.id = $1 and f.case_id is not null and (
    (f.case_id = $2 and f.visibility = 'petitioner')
    or exists (
      select from kernel.case_audience a
      where a.case_id = f.case_id
        and (a.key = any($3::uuid[]) or (a.key = any($4::uuid[]) and a.depth = 0))
        -- level 3 has no rows but those of its organ and of people
        and (a.conf <= $5 or a.conf = 3 or a.depth = -1)
        and (a.depth <> -1 or f.visibility = 'petitioner')
        and not exists (
          select from kernel.recusals r where r.person_id = $6 and r.case_id = f.case_id and r.state <> 'refused')))`;

/** Gives the file when the reader may see it; otherwise nothing, as if it did not exist. */
export async function mayReadFile(
  kernel: Pick<Kernel, "pool">,
  reader: FileReader,
  fileId: string,
): Promise<FileRow | undefined> {
  const { actor, codeCaseId } = reader;
  const { rows } = await kernel.pool.query<FileRow>(FILE, [
    fileId,
    codeCaseId ?? null,
    actor?.keys ?? [],
    actor?.flatKeys ?? [],
    actor?.ceiling ?? 0,
    actor?.personId ?? null,
  ]);
  return rows[0];
}
