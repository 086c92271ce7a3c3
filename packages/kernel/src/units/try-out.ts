import type { Text, UnitDetail } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import type { LedgerActor } from "../ledger/entry.ts";
import { hasOrganAbove, intakeRoles, isCovered, signerRoles } from "./coverage.ts";
import type { Ended, Share } from "./end-unit.ts";

interface Heir extends Omit<Share, "unitId" | "modulesTurnedOn" | "modulesTurnedOff"> {
  readonly name: Text;
  readonly modulesTurnedOn: string[];
  readonly modulesTurnedOff: string[];
  readonly warnings: UnitDetail["warnings"];
}

/** What would be missing at an heir. */
async function heirOf(change: Change, share: Share): Promise<Heir> {
  const { rows } = await change.client.query<{
    zh: string;
    en: string;
    intake: boolean;
    signer: boolean;
    organ: boolean;
  }>(
    `select u.name_zh as zh, u.name_en as en, ${isCovered("u", "$3", "$2")} as intake, ${isCovered("u", "$4", "$2")} as signer,
        ${hasOrganAbove("u", "$2")} as organ from kernel.units u where u.id = $1`,
    [share.unitId, change.at, intakeRoles, signerRoles],
  );
  const [row] = rows;
  const { unitId: _, ...counts } = share;
  const warnings: UnitDetail["warnings"] = [];
  if (!row?.intake) warnings.push("noIntakePerson");
  if (!row?.signer) warnings.push("noSigner");
  if (!row?.organ) warnings.push("noDisciplineOrganAbove");
  return {
    ...counts,
    modulesTurnedOn: [...share.modulesTurnedOn],
    modulesTurnedOff: [...share.modulesTurnedOff],
    name: { "zh-CN": row?.zh ?? "", en: row?.en ?? "" },
    warnings,
  };
}

/** Does the change for real, looks at what came of it, and takes it back: so what is shown cannot differ from the act. */
export async function tryOut(
  kernel: Pick<Kernel, "pool" | "now" | "newId">,
  by: LedgerActor,
  work: (change: Change) => Promise<Ended>,
): Promise<{ heirs: Heir[]; rolesCarried: number; liftedUp: number }> {
  const client = await kernel.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const change: Change = { client, at: kernel.now(), by, newId: kernel.newId };
    const { shares, rolesCarried, liftedUp } = await work(change);
    const heirs: Heir[] = [];
    for (const share of shares) heirs.push(await heirOf(change, share));
    return { heirs, rolesCarried, liftedUp };
  } finally {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    client.release(broken);
  }
}
