import type { Kernel } from "../kernel.ts";
import { single } from "../workers/single.ts";
import type { Proof } from "./ledger-check.ts";
import { lastSeal } from "./seal-rows.ts";
import { verifyLedger } from "./verify-ledger.ts";

type Checking = Pick<Kernel, "pool" | "keys" | "now" | "newId" | "log">;

/** Checks the whole ledger and keeps what was found. */
export async function checkChain(k: Checking): Promise<Proof> {
  const at = k.now();
  const proof = await verifyLedger(k);
  await k.pool.query(
    `insert into kernel.ledger_checks (id, at, ok, entries, streams, seals, until, faults)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [k.newId(), at, proof.ok, proof.entries, proof.streams, proof.seals, proof.until, JSON.stringify(proof.faults)],
  );
  if (!proof.ok) k.log.error("the ledger does not hold", { faults: proof.faults.length });
  return proof;
}

const NIGHT_MS = 20 * 3_600_000;

/** Once a day, however often the server is started. */
export const checkChainDaily = (k: Checking): Promise<Proof | null> =>
  single(k.pool, "ledgerCheck", {}, async () => {
    const since = new Date(k.now().getTime() - NIGHT_MS);
    const { rowCount } = await k.pool.query("select 1 from kernel.ledger_checks where at > $1 limit 1", [since]);
    return rowCount ? null : await checkChain(k);
  });

/** How the ledger stood when it was last looked at. */
export async function chainState(k: Pick<Kernel, "pool">) {
  const [checks, seal, roots] = await Promise.all([
    k.pool.query("select * from kernel.ledger_checks order by at desc limit 1"),
    lastSeal(k.pool),
    k.pool.query<{ on: string; seal: number }>(
      `select on_date as "on", seal_no as seal from kernel.roots_out order by on_date desc limit 1`,
    ),
  ]);
  const [check] = checks.rows;
  return {
    checked: check
      ? {
          at: check.at.toISOString(),
          ok: check.ok,
          entries: Number(check.entries),
          streams: check.streams,
          seals: check.seals,
          until: check.until?.toISOString() ?? null,
          faults: check.faults,
        }
      : null,
    seal: seal ? { no: seal.no, at: seal.at } : null,
    handedOut: roots.rows[0] ?? null,
  };
}
