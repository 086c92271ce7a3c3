import { type Actor, DoorstepError } from "../actor.ts";
import { branchesOf, notRecused, Parameters, visibleRow } from "../audience/visible.ts";
import type { Kernel } from "../kernel.ts";
import { recordAccess } from "../ledger/record-access.ts";
import { COVERED_NOW } from "../pipeline/load-case.ts";
import { mayOpenWhole } from "../redaction/circle.ts";
import { fileNameOf } from "./file-keys.ts";

export interface FileRow {
  readonly id: string;
  readonly caseId: string;
  readonly confidentiality: number;
  readonly organId: string | null;
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

const COLUMNS = `f.id, f.case_id as "caseId", c.confidentiality, c.organ_id as "organId", f.name, f.type, f.size, f.storage_key as "storageKey",
  f.kek, f.dek from kernel.files f join kernel.cases c on c.id = f.case_id`;

/** What is meant for the petitioner himself: he holds the code of the case, or his own key stands in its audience. */
const MEANT_FOR_PETITIONER = "f.visibility = 'petitioner'";

/**
 * Gives a file to whoever sees its case, by the one predicate; by return code, or as the petitioner, only what is meant
 * for the petitioner. Otherwise nothing, as if it did not exist: also for a file that no case has claimed.
 */
export async function mayReadFile(
  kernel: Pick<Kernel, "pool" | "keys">,
  reader: FileReader,
  fileId: string,
): Promise<FileRow | undefined> {
  const { actor, codeCaseId } = reader;
  const p = new Parameters();
  const ways: string[] = [];
  const file = p.add(fileId);
  if (codeCaseId !== undefined) ways.push(`f.case_id = ${p.add(codeCaseId)} and ${MEANT_FOR_PETITIONER}`);
  if (actor) {
    const me = p.add(actor.personId);
    const branches = branchesOf(actor).map((branch) => `(${visibleRow(p, branch, me)})`);
    const own = `(a.key = ${p.add(actor.ownKey)} and a.depth = -1 and ${MEANT_FOR_PETITIONER})`;
    ways.push(
      `exists (select from kernel.case_audience a where a.case_id = f.case_id and (${[own, ...branches].join(" or ")}))`,
      // whoever handles the main case reads what came with the one that was joined to it, unless he stands out of that
      `exists (select from kernel.case_links l join kernel.case_audience a on a.case_id = l.other_case_id
        where l.case_id = f.case_id and l.kind = 'mergedInto' and l.ended_at is null and (${branches.join(" or ")}))
        and ${notRecused("f", me)}`,
    );
  }
  if (ways.length === 0) return undefined;
  const { rows } = await kernel.pool.query<FileRow & { readonly covered: boolean; readonly own: boolean }>(
    `select exists (select from kernel.redactions x where x.case_id = f.case_id and ${COVERED_NOW}) as covered,
       ${actor ? `exists (select from kernel.case_audience a where a.case_id = f.case_id and a.depth = -1 and a.key = ${p.add(actor.ownKey)})` : "false"} as own,
       ${COLUMNS} where f.id = ${file} and (${ways.join(" or ")})`,
    p.values,
  );
  const [found] = rows;
  if (
    found?.covered &&
    actor &&
    codeCaseId !== found.caseId &&
    !found.own &&
    !(await mayOpenWhole(kernel, actor, found.caseId))
  )
    throw new DoorstepError("redaction.outside");
  return found && { ...found, name: fileNameOf(kernel.keys, found.organId, found) };
}

/**
 * As `mayReadFile`, for reading it now: that a signed-in person read content above the ordinary level is in the ledger
 * before the content leaves [SPEC §16(12)].
 */
export async function openFile(kernel: Kernel, reader: FileReader, fileId: string): Promise<FileRow | undefined> {
  const file = await mayReadFile(kernel, reader, fileId);
  if (file && file.confidentiality > 1 && reader.actor && reader.codeCaseId !== file.caseId) {
    await recordAccess(kernel, {
      type: "access.contentRead",
      actor: `person:${reader.actor.personId}`,
      facts: { case: file.caseId, level: file.confidentiality, file: file.id },
    });
  }
  return file;
}
