import { opensWords, rekeyWords } from "../organs/reseal.ts";
import { rekeyStep } from "./rekey-step.ts";

const AT_ONCE = 50;

interface OrgansCase {
  readonly id: string;
  readonly organId: string;
}

/** Every word of every accusation, under its organ's new key. */
export const organWords = rekeyStep<OrgansCase>({
  id: "accusations",
  read: async (client, after) => {
    const { rows } = await client.query<OrgansCase>(
      `select id, organ_id as "organId" from kernel.cases where organ_id is not null and id > $1 order by id limit ${AT_ONCE}`,
      [after],
    );
    return rows;
  },
  async change(client, keys, rows) {
    for (const row of rows) await rekeyWords(client, keys, row);
  },
  async lost(client, keys, rows) {
    let lost = 0;
    for (const row of rows) if (!(await opensWords(client, keys.to, row))) lost += 1;
    return lost;
  },
});
