import { places } from "../cases/reveal.ts";
import { fileNameOf, unwrapKey, wrapKey } from "../files/file-keys.ts";
import { protectText } from "../vault/protected-text.ts";
import { countClosed, rekeyStep } from "./rekey-step.ts";

const AT_ONCE = 500;

interface FileKey {
  readonly id: string;
  readonly kek: string;
  readonly dek: Buffer;
  readonly name: string;
  readonly organId: string | null;
}

/** Keys of files under the general key or their organ's, and the names of an organ's files; the bytes stay. */
export const fileKeys = rekeyStep<FileKey>({
  id: "files",
  read: async (client, after) => {
    const { rows } = await client.query<FileKey>(
      `select f.id, f.kek, f.dek, f.name, c.organ_id as "organId" from kernel.files f
         left join kernel.cases c on c.id = f.case_id
        where f.id > $1 and length(f.dek) > 0 order by f.id limit ${AT_ONCE}`,
      [after],
    );
    return rows;
  },
  async change(client, keys, rows) {
    const changed = rows.map((row) => {
      const { organId } = row;
      const { kek, dek } = wrapKey(keys.to, organId, row.id, unwrapKey(keys.from, organId, row));
      const name = protectText(keys.to, organId, places.fileName(row.id), fileNameOf(keys.from, organId, row));
      return { kek, dek, name };
    });
    await client.query(
      `update kernel.files t set kek = n.kek, dek = n.dek, name = n.name from
         (select unnest($1::uuid[]) as id, unnest($2::text[]) as kek, unnest($3::bytea[]) as dek, unnest($4::text[]) as name) n
        where t.id = n.id`,
      [rows.map((r) => r.id), changed.map((r) => r.kek), changed.map((r) => r.dek), changed.map((r) => r.name)],
    );
  },
  lost: (_client, keys, rows) =>
    countClosed(rows, (row) => [unwrapKey(keys.to, row.organId, row), fileNameOf(keys.to, row.organId, row)]),
});
