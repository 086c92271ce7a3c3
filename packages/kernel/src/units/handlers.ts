import { DoorstepError, type UnitDetail } from "@doorstep/contracts";
import { type Actor, mayAnywhere } from "../actor.ts";
import { assertMayAt } from "../actor-scope.ts";
import { type Change, inChange, ledgerActorOf } from "../change.ts";
import type { Handlers } from "../handlers.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { inTransaction } from "../transaction.ts";
import { createUnit } from "./create-unit.ts";
import { findUnits, noticeBoard } from "./find-units.ts";
import { importUnits } from "./import-units.ts";
import { lockTree } from "./lock-units.ts";
import { mergeUnits, type UnitMerge } from "./merge-units.ts";
import { moveUnit } from "./move-unit.ts";
import { previewMove } from "./preview-move.ts";
import { unitDetail, unitTree } from "./read-unit.ts";
import { retireUnit } from "./retire-unit.ts";
import { splitUnit } from "./split-unit.ts";
import { tryOut } from "./try-out.ts";
import { type Reader, reviewBodyOf, unitPath } from "./unit-path.ts";
import { updateUnit } from "./update-unit.ts";

/** What he may not even read does not exist for him; what he reads and may not change is refused. */
export async function assertManages(reader: Reader, actor: Actor, unitId: string): Promise<void> {
  const path = await unitPath(reader, unitId);
  assertMayAt(actor, "units.read", path, "unit.notFound");
  assertMayAt(actor, "units.manage", path);
}

/** A change of one unit and the unit as it stands afterwards. */
async function changed(ctx: RequestContext, work: (change: Change, actor: Actor) => Promise<string>) {
  const actor = signedIn(ctx);
  return await inChange(ctx.kernel, ledgerActorOf(actor), async (change) => {
    const unitId = await work(change, actor);
    return await unitDetail(change.client, actor, unitId, change.at);
  });
}

/** The unit and the one above it: what comes after it is hung there. */
async function assertMaySplit(reader: Reader, actor: Actor, unitId: string): Promise<void> {
  await assertManages(reader, actor, unitId);
  const above = await reviewBodyOf(reader, unitId);
  if (above !== null) await assertManages(reader, actor, above);
}

async function assertMayMerge(reader: Reader, actor: Actor, input: Pick<UnitMerge, "units" | "into">): Promise<void> {
  for (const { unitId } of input.units) await assertManages(reader, actor, unitId);
  await assertManages(reader, actor, input.into.kind === "new" ? input.into.parentId : input.into.unitId);
}

export const unitsHandlers: Handlers["units"] = {
  find: (ctx, input) => findUnits(ctx.kernel.pool, input, ctx.kernel.now()),
  board: (ctx, input) => noticeBoard(ctx.kernel.pool, input.unitCode, ctx.kernel.now()),
  tree: (ctx, input) => unitTree(ctx.kernel.pool, signedIn(ctx), input, ctx.kernel.now()),
  get: (ctx, input) => unitDetail(ctx.kernel.pool, signedIn(ctx), input.unitId, ctx.kernel.now()),

  create: (ctx, input) =>
    changed(ctx, async (change, actor) => {
      await lockTree(change);
      if (input.parentId !== null) await assertManages(change.client, actor, input.parentId);
      else if (!mayAnywhere(actor, "platform.manage")) throw new DoorstepError("forbidden");
      return await createUnit(change, input);
    }),

  update: (ctx, input) =>
    changed(ctx, async (change, actor) => {
      await assertManages(change.client, actor, input.unitId);
      await updateUnit(change, input);
      return input.unitId;
    }),

  rename: (ctx, input) =>
    changed(ctx, async (change, actor) => {
      await assertManages(change.client, actor, input.unitId);
      await updateUnit(change, input);
      return input.unitId;
    }),

  previewMove: async (ctx, input) => {
    const actor = signedIn(ctx);
    const { pool, modules } = ctx.kernel;
    await assertManages(pool, actor, input.unitId);
    await assertManages(pool, actor, input.parentId);
    // Modules find out by trying, which takes a transaction; nothing of it stays.
    return await inTransaction(pool, (client) => previewMove(client, modules, input));
  },

  move: (ctx, input) =>
    changed(ctx, async (change, actor) => {
      await lockTree(change);
      await assertManages(change.client, actor, input.unitId);
      await assertManages(change.client, actor, input.parentId);
      await moveUnit(change, input);
      return input.unitId;
    }),

  previewSplit: async (ctx, input) => {
    const actor = signedIn(ctx);
    await assertMaySplit(ctx.kernel.pool, actor, input.unitId);
    return await tryOut(ctx.kernel, ledgerActorOf(actor), (change) =>
      splitUnit(change, ctx.kernel.modules, { ...input, why: "" }),
    );
  },

  split: async (ctx, input) => {
    const actor = signedIn(ctx);
    return await inChange(ctx.kernel, ledgerActorOf(actor), async (change) => {
      await lockTree(change);
      await assertMaySplit(change.client, actor, input.unitId);
      const { shares } = await splitUnit(change, ctx.kernel.modules, input);
      const made: UnitDetail[] = [];
      for (const { unitId } of shares) made.push(await unitDetail(change.client, actor, unitId, change.at));
      return made;
    });
  },

  previewMerge: async (ctx, input) => {
    const actor = signedIn(ctx);
    await assertMayMerge(ctx.kernel.pool, actor, input);
    return await tryOut(ctx.kernel, ledgerActorOf(actor), (change) =>
      mergeUnits(change, ctx.kernel.modules, { ...input, why: "" }),
    );
  },

  merge: (ctx, input) =>
    changed(ctx, async (change, actor) => {
      await lockTree(change);
      await assertMayMerge(change.client, actor, input);
      const { shares } = await mergeUnits(change, ctx.kernel.modules, input);
      return shares[0]?.unitId ?? "";
    }),

  retire: (ctx, input) =>
    changed(ctx, async (change, actor) => {
      await lockTree(change);
      await assertManages(change.client, actor, input.unitId);
      if (input.successorId !== null) await assertManages(change.client, actor, input.successorId);
      await retireUnit(change, input);
      return input.unitId;
    }),

  import: (ctx, input) => importUnits(ctx.kernel, signedIn(ctx), input),
};
