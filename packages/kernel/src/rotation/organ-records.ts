import { places } from "../cases/reveal.ts";
import { protectText, revealText } from "../vault/protected-text.ts";
import { countClosed, rekeyStep } from "./rekey-step.ts";

const AT_ONCE = 200;

interface Kept {
  readonly id: string;
  readonly organId: string;
  readonly data: string;
}

/** What modules keep for discipline organs, every version of it, under the organ's new key. */
export const organRecords = rekeyStep<Kept>({
  id: "organRecords",
  read: async (client, after) => {
    const { rows } = await client.query<Kept>(
      `select id, organ_id as "organId", data from kernel.organ_records where id > $1 order by id limit ${AT_ONCE}`,
      [after],
    );
    return rows;
  },
  async change(client, { from, to }, rows) {
    for (const { id, organId, data } of rows) {
      const place = places.organRecord(id);
      const plain = revealText(from, organId, place, data);
      await client.query("update kernel.organ_records set data = $2 where id = $1", [
        id,
        protectText(to, organId, place, plain),
      ]);
    }
  },
  lost: (_client, { to }, rows) =>
    countClosed(rows, ({ id, organId, data }) => revealText(to, organId, places.organRecord(id), data)),
});
