import { type Kinship, revealedPerson, sealedPerson } from "../recusal/kin.ts";
import { personKey } from "../vault/keys.ts";
import { countClosed, rekeyStep } from "./rekey-step.ts";

const AT_ONCE = 500;

/** Who declared whom to be his kin: both sides and both pseudonyms. */
export const kinships = rekeyStep<Kinship>({
  id: "kinships",
  read: async (client, after) => {
    const { rows } = await client.query<Kinship>(
      `select id, declarer_key, declarer, other from kernel.kinships where id > $1 order by id limit ${AT_ONCE}`,
      [after],
    );
    return rows;
  },
  async change(client, { from, to }, rows) {
    for (const row of rows) {
      const declarer = revealedPerson({ keys: from }, row, "declarer");
      const other = revealedPerson({ keys: from }, row, "other");
      await client.query(
        "update kernel.kinships set declarer_key = $2, other_key = $3, declarer = $4, other = $5 where id = $1",
        [
          row.id,
          personKey(to, declarer),
          personKey(to, other),
          sealedPerson({ keys: to }, row.id, "declarer", declarer),
          sealedPerson({ keys: to }, row.id, "other", other),
        ],
      );
    }
  },
  lost: (_client, { to }, rows) =>
    countClosed(rows, (row) => [
      revealedPerson({ keys: to }, row, "declarer"),
      revealedPerson({ keys: to }, row, "other"),
    ]),
});
