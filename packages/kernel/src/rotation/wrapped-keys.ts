import { open, seal } from "../vault/seal.ts";
import { countClosed, type RekeyStep, rekeyStep } from "./rekey-step.ts";

const AT_ONCE = 500;

interface Wrapped {
  readonly id: string;
  readonly kek: string;
  readonly dek: Buffer;
}

/**
 * Rows whose own keys are wrapped by the vault key: the wrapping is made anew, what lies under them stays.
 *
 * @param of - `columns` are those that `place` needs beside `id`
 */
export const wrappedKeys = <R extends Wrapped>(of: {
  readonly id: string;
  readonly table: string;
  readonly columns?: readonly string[];
  readonly place: (row: R) => string;
}): RekeyStep => {
  return rekeyStep<R>({
    id: of.id,
    read: async (client, after) => {
      const { rows } = await client.query<R>(
        `select ${["id", "kek", "dek", ...(of.columns ?? [])].join(", ")} from ${of.table}
          where id > $1 and length(dek) > 0 order by id limit ${AT_ONCE}`,
        [after],
      );
      return rows;
    },
    change: (client, keys, rows) =>
      client.query(
        `update ${of.table} t set kek = $1, dek = n.dek
           from (select unnest($2::uuid[]) as id, unnest($3::bytea[]) as dek) n where t.id = n.id`,
        [
          keys.to.kek.id,
          rows.map((row) => row.id),
          rows.map((row) => {
            const place = of.place(row);
            return seal(keys.to.kek.key, open(keys.from.kek.key, row.dek, place), place);
          }),
        ],
      ),
    lost: (_client, keys, rows) => countClosed(rows, (row) => open(keys.to.kek.key, row.dek, of.place(row))),
  });
};
