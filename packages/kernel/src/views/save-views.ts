import { DoorstepError, type SavedView, type saveViewInput } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { type Reader, unitPath } from "../units/unit-path.ts";
import { managesViewsOf, visibleViews } from "./read-views.ts";

const MOST = 50;

/** @throws DoorstepError `views.notFound`, also where somebody else keeps it to himself */
async function viewOf(reader: Reader, actor: Actor, id: string): Promise<SavedView> {
  const [view] = await visibleViews(reader, actor, id);
  if (!view) throw new DoorstepError("views.notFound");
  return view;
}

const asNameTaken = (error: unknown): never => {
  if ((error as { readonly code?: string }).code === "23505") throw new DoorstepError("views.nameTaken");
  throw error;
};

/**
 * Keeps a view under a name, or changes one's own.
 *
 * @throws DoorstepError `views.notFound`, `views.nameTaken`, `views.tooMany`
 */
export async function saveView(k: Kernel, actor: Actor, input: z.output<typeof saveViewInput>): Promise<SavedView> {
  const id = input.id ?? k.newId();
  const values = [id, actor.personId, input.name, input.definition, k.now()];
  const { rowCount } = await k.pool
    .query(
      input.id
        ? "update kernel.saved_views set name = $3, definition = $4, changed_at = $5 where id = $1 and person_id = $2"
        : `insert into kernel.saved_views (id, person_id, name, definition, changed_at) select $1, $2, $3, $4, $5
            where (select count(*) from kernel.saved_views where person_id = $2) < ${MOST}`,
      values,
    )
    .catch(asNameTaken);
  if (!rowCount)
    throw input.id ? new DoorstepError("views.notFound") : new DoorstepError("views.tooMany", { most: MOST });
  return viewOf(k.pool, actor, id);
}

/** @throws DoorstepError `views.notFound` */
export async function removeView(k: Kernel, actor: Actor, id: string): Promise<{ readonly ok: true }> {
  const { rowCount } = await k.pool.query("delete from kernel.saved_views where id = $1 and person_id = $2", [
    id,
    actor.personId,
  ]);
  if (!rowCount) throw new DoorstepError("views.notFound");
  return { ok: true };
}

/**
 * Shares one's own view with a unit whose desk one manages, or ends that; whoever manages the unit may end it, too, so
 * that the view of somebody who was posted away does not stay for ever.
 *
 * @throws DoorstepError `views.notFound`, `unit.notFound`, `forbidden`
 */
export function shareView(k: Kernel, actor: Actor, id: string, unitId: string | null): Promise<SavedView> {
  return inChange(k, ledgerActorOf(actor), async ({ client, at, by }) => {
    await client.query("select 1 from kernel.saved_views where id = $1 for update", [id]);
    const view = await viewOf(client, actor, id);
    const allowed = unitId
      ? view.own && managesViewsOf(actor, await unitPath(client, unitId))
      : view.own || view.mayUnshare;
    if (!allowed) throw new DoorstepError("forbidden");
    const left = view.unit?.id;
    if (left === (unitId ?? undefined)) return view;
    await client.query("update kernel.saved_views set unit_id = $2, changed_at = $3 where id = $1", [id, unitId, at]);
    const record = (stream: string, act: string) =>
      recordFact(client, { stream, at, type: "unit.changed", actor: by, facts: { act, view: id } });
    if (left) await record(left, "viewUnshared");
    if (unitId) await record(unitId, "viewShared");
    const [after] = await visibleViews(client, actor, id);
    return after ?? { ...view, unit: null, mayUnshare: false };
  });
}
