import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { audiencesOf, isOwn, reachesAsStaff } from "../notifications/may-be-told.ts";
import { recipientsOf } from "../notifications/read-notifications.ts";
import type { LiveNews } from "./tell-live.ts";

export interface LiveRow {
  readonly no: number;
  readonly what: LiveNews;
}

/** Who sits before a screen: somebody signed in, somebody who posted a return code, or both. */
export interface LiveViewer {
  readonly actor: Actor | undefined;
  readonly codeCaseId: string | undefined;
}

/** What one screen is told: ids it may know anyhow. */
export interface LiveMessage {
  /** cases of the desk that changed */
  readonly cases: readonly string[];
  /** the reader's own petitions that changed */
  readonly own: readonly string[];
  /** cases that somebody opened, left or began to edit */
  readonly presence: readonly string[];
  readonly bell: boolean;
}

const MOST = 500;

/** Batches after a number, in the order of commits. */
export async function readLive(k: Pick<Kernel, "pool">, after: number): Promise<readonly LiveRow[]> {
  const { rows } = await k.pool.query<{ no: string; what: LiveNews }>({
    name: "read_live",
    text: `select no, what from kernel.live where no > $1 order by no limit ${MOST}`,
    values: [after],
  });
  return rows.map((r) => ({ no: Number(r.no), what: r.what }));
}

/** Where a screen begins that has just been opened. */
export async function lastLive(k: Pick<Kernel, "pool">): Promise<number> {
  const { rows } = await k.pool.query<{ no: string }>("select coalesce(max(no), 0) as no from kernel.live");
  return Number(rows[0]?.no ?? 0);
}

type Audiences = Awaited<ReturnType<typeof audiencesOf>>;

/** What the one predicate asks of everything in these batches: read once, whatever the number of screens. */
export const audiencesOfLive = (k: Pick<Kernel, "pool">, rows: readonly LiveRow[]): Promise<Audiences> =>
  audiencesOf(k.pool, [
    ...new Set(rows.flatMap((r) => [...(r.what.cases ?? []).map((c) => c.id), ...(r.what.presence ?? [])])),
  ]);

/**
 * What of these batches this viewer may know; `undefined` where that is nothing, and then he is sent nothing at all.
 * By his duties he sees every change; of his own petition only what stands in it for him.
 */
export function newsFor(
  k: Pick<Kernel, "keys">,
  viewer: LiveViewer,
  rows: readonly LiveRow[],
  audiences: Audiences,
): LiveMessage | undefined {
  const { actor, codeCaseId } = viewer;
  const onDesk = (id: string): boolean => {
    const a = audiences.get(id);
    return actor !== undefined && a !== undefined && reachesAsStaff(actor, a) && !isOwn(actor, a);
  };
  const isHis = (id: string): boolean => {
    const a = audiences.get(id);
    return a !== undefined && (id === codeCaseId || (actor !== undefined && isOwn(actor, a)));
  };
  const changed = rows.flatMap((r) => r.what.cases ?? []);
  const names = actor ? recipientsOf(k, actor) : [];
  const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)];
  const message: LiveMessage = {
    cases: distinct(changed.map((c) => c.id).filter(onDesk)),
    own: distinct(changed.filter((c) => c.open && isHis(c.id)).map((c) => c.id)),
    presence: distinct(rows.flatMap((r) => r.what.presence ?? []).filter(onDesk)),
    bell: rows.some((r) => r.what.told?.some((one) => names.includes(one)) ?? false),
  };
  const isNothing = message.cases.length + message.own.length + message.presence.length === 0 && !message.bell;
  return isNothing ? undefined : message;
}
