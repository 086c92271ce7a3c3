import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Kernel } from "../kernel.ts";
import type { Proof } from "./ledger-check.ts";
import { sealHash } from "./seal.ts";
import { isSignedBy } from "./seal-keys.ts";
import { allSeals, lastSeal } from "./seal-rows.ts";
import { keptSealKeys, sealKeys, verifyLedger } from "./verify-ledger.ts";

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

/** What leaves the house: the last seal and the public keys, nothing of anybody. */
export const handedOutRoot = z.object({
  format: z.literal("doorstep-root/1"),
  at: z.string(),
  seal: z.object({
    no: z.number().int().min(1),
    at: z.string(),
    epoch: z.number().int(),
    xidFrom: z.string(),
    xidTo: z.string(),
    entries: z.number().int(),
    root: hex64,
    prev: hex64,
    keyId: z.string(),
    hash: hex64,
    signature: z.string().regex(/^[0-9a-f]{128}$/),
  }),
  keys: z.array(z.object({ id: z.string(), ed25519: hex64 })),
});
export type HandedOutRoot = z.output<typeof handedOutRoot>;

type Sealed = Pick<Kernel, "pool" | "keys" | "now">;

/** The root as of now; nothing where nothing has been sealed yet. */
export async function currentRoot(k: Sealed): Promise<HandedOutRoot | null> {
  const seal = await lastSeal(k.pool);
  if (!seal) return null;
  const keys = [...sealKeys(k, await keptSealKeys(k.pool))].map(([id, ed25519]) => ({ id, ed25519 }));
  return { format: "doorstep-root/1", at: k.now().toISOString(), seal, keys };
}

/** The same as a page to print, sign and put away or send to the superior unit. */
export function rootLetter({ at, seal, keys }: HandedOutRoot): string {
  const groups = (hex: string): string => (hex.match(/.{1,8}/g) ?? []).join(" ");
  return [
    "连心桥台账封存凭证 · Seal of the Doorstep ledger",
    "",
    `日期 Date: ${at}`,
    `封存序号 Seal number: ${seal.no}`,
    `本次条目数 Entries in it: ${seal.entries}`,
    "",
    "封存值 Seal:",
    `  ${groups(seal.hash)}`,
    "公钥 Public keys:",
    ...keys.map(({ id, ed25519 }) => `  ${id}: ${groups(ed25519)}`),
    "",
    "请打印签收，由本单位以外的人保管。日后台账若少了或改了此前的任何一条，可凭此页查出：",
    "Print, sign, and let somebody outside the house keep it. If an entry before it is ever missing or changed, it shows:",
    "  doorstep ledger verify --against <file>",
    "",
    "签收 Received by: ____________________    日期 Date: ____________",
    "",
  ].join("\n");
}

/** Writes file and page into a folder outside the house, whole or not at all. */
export async function handOutRoot(k: Sealed, folder: string): Promise<{ file: string; root: HandedOutRoot } | null> {
  const root = await currentRoot(k);
  if (!root) return null;
  await mkdir(folder, { recursive: true });
  const name = `doorstep-root-${root.at.slice(0, 10)}`;
  const file = join(folder, `${name}.json`);
  for (const [path, content] of [
    [join(folder, `${name}.txt`), rootLetter(root)],
    [file, `${JSON.stringify(root, null, 1)}\n`],
  ] as const) {
    const handle = await open(`${path}.unfinished`, "w", 0o644);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${path}.unfinished`, path);
  }
  await k.pool.query(
    `insert into kernel.roots_out (on_date, seal_no, root, file, at) values ($1, $2, decode($3, 'hex'), $4, $5)
     on conflict (on_date) do nothing`,
    [root.at.slice(0, 10), root.seal.no, root.seal.root, file, k.now()],
  );
  return { file, root };
}

/** Once a day, when the plan names a folder. */
export async function handOutDailyRoot(k: Sealed): Promise<string | null> {
  const { rows } = await k.pool.query<{ folder: string | null; done: boolean }>(
    `select root_folder as folder, exists (select 1 from kernel.roots_out where on_date = $1) as done
       from kernel.backup_plan`,
    [k.now().toISOString().slice(0, 10)],
  );
  const [plan] = rows;
  if (!plan?.folder || plan.done) return null;
  return (await handOutRoot(k, plan.folder))?.file ?? null;
}

/** @throws Error when the file is none of ours. */
export const readRoot = async (file: string): Promise<HandedOutRoot> =>
  handedOutRoot.parse(JSON.parse(await readFile(file, "utf8")));

/** Proves the ledger against a root that left the house: a ledger that was cut back to before it is found out. */
export async function verifyAgainst(k: Pick<Kernel, "pool" | "keys">, root: HandedOutRoot): Promise<Proof> {
  const keys = new Map(root.keys.map((key) => [key.id, key.ed25519]));
  const proof = await verifyLedger(k, keys);
  const fault = await faultAgainst(k, root, keys);
  if (fault === null) return proof;
  return { ...proof, ok: false, faults: [{ stream: "seals", seq: root.seal.no, fault }, ...proof.faults] };
}

async function faultAgainst(
  k: Pick<Kernel, "pool">,
  { seal }: HandedOutRoot,
  keys: ReadonlyMap<string, string>,
): Promise<string | null> {
  const isOurs =
    sealHash(seal) === seal.hash &&
    isSignedBy(keys.get(seal.keyId) ?? "", Buffer.from(seal.hash, "hex"), Buffer.from(seal.signature, "hex"));
  if (!isOurs) return "rootForged";
  for await (const kept of allSeals(k.pool, seal.no - 1))
    return kept.no === seal.no && kept.hash === seal.hash ? null : "rootOther";
  return "truncated";
}
