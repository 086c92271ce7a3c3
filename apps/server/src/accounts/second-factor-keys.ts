import { type KeyPair, type Keys, type RekeyStep, rekeyStep } from "@doorstep/kernel";
import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";

const AT_ONCE = 100;

interface Factor {
  readonly id: string;
  readonly secret: string;
  readonly codes: string;
}

/** What the account library encrypts and signs with. */
export const accountSecret = (keys: Pick<Keys, "derive">): string => keys.derive("accounts").toString("base64url");

async function moved({ from, to }: KeyPair, data: string): Promise<string> {
  return symmetricEncrypt({
    key: accountSecret(to),
    data: await symmetricDecrypt({ key: accountSecret(from), data }),
  });
}

/** Second steps of signing in, when the master key changes: nobody has to set his up again. */
export const secondFactorKeys: RekeyStep = rekeyStep<Factor>({
  id: "secondFactors",
  read: async (client, after) => {
    const { rows } = await client.query<Factor>(
      `select id, secret, backup_codes as codes from auth.two_factors where id > $1 order by id limit ${AT_ONCE}`,
      [after],
    );
    return rows;
  },
  async change(client, keys, rows) {
    for (const row of rows)
      await client.query("update auth.two_factors set secret = $2, backup_codes = $3 where id = $1", [
        row.id,
        await moved(keys, row.secret),
        await moved(keys, row.codes),
      ]);
  },
  async lost(_client, { to }, rows) {
    const tries = await Promise.allSettled(
      rows.flatMap((row) => [row.secret, row.codes].map((data) => symmetricDecrypt({ key: accountSecret(to), data }))),
    );
    return tries.filter((one) => one.status === "rejected").length;
  },
});
