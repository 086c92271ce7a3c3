import type { Id } from "@doorstep/sdk";
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { MailboxCtx } from "../mailbox-ctx.ts";
import { refuse } from "../refusals.ts";
import { mailboxes } from "../schema.ts";

const leading = ["chargeLeader", "signer"] as const;

/** Who can have a mailbox, or read in the place of whoever has. */
export async function leadersOf(ctx: MailboxCtx) {
  const held = await Promise.all(leading.map((role) => ctx.people.holding(role)));
  return [...new Map(held.flat().map((one) => [one.id, one])).values()];
}

/** Mailboxes to which people can write from here: of the unit, then of those above it. */
export async function openMailboxes(ctx: MailboxCtx) {
  const units = [ctx.unit, ...(await ctx.units.above(ctx.unit.id))];
  const rows = await ctx.db
    .select()
    .from(mailboxes)
    .where(
      and(
        isNull(mailboxes.closedAt),
        inArray(
          mailboxes.unitId,
          units.map((one) => one.id),
        ),
      ),
    )
    .orderBy(asc(mailboxes.openedAt), asc(mailboxes.id));
  return {
    anonymous: ctx.settings.anonymous,
    mailboxes: units.flatMap((unit) =>
      rows
        .filter((row) => row.unitId === unit.id)
        .map(({ id, leader, post, portfolio }) => ({ mailboxId: id, leader, post, portfolio, unit: unit.name })),
    ),
  };
}

/** Those of the call's unit for whoever arranges them, with nothing of what is in them. */
export async function arranged(ctx: MailboxCtx) {
  const rows = await ctx.db
    .select()
    .from(mailboxes)
    .where(and(eq(mailboxes.unitId, ctx.unit.id), isNull(mailboxes.closedAt)))
    .orderBy(asc(mailboxes.openedAt), asc(mailboxes.id));
  return rows.map(({ id, leader, post, portfolio, deputyId }) => ({
    ...{ mailboxId: id, leader, post, portfolio, hasDeputy: deputyId !== null },
  }));
}

export interface NewMailbox {
  readonly leaderId: Id;
  readonly post: string;
  readonly portfolio: string;
  readonly deputyId: Id | null;
}

/** Makes it public that people can write to a leader. @throws refusal `leader`, `already` */
export async function open(ctx: MailboxCtx, asked: NewMailbox): Promise<Id> {
  const leaders = await leadersOf(ctx);
  const named = (id: Id) => leaders.find((one) => one.id === id);
  const { leaderId, deputyId } = asked;
  const leader = named(leaderId);
  if (!leader || deputyId === leaderId || (deputyId !== null && !named(deputyId))) throw refuse("leader");
  const id = ctx.newId();
  const path = [ctx.unit.id, ...(await ctx.units.above(ctx.unit.id)).map((one) => one.id)];
  const made = await ctx.db
    .insert(mailboxes)
    .values({ ...asked, id, unitId: ctx.unit.id, path, leader: leader.name, openedAt: ctx.now })
    .onConflictDoNothing()
    .returning({ id: mailboxes.id });
  if (made.length === 0) throw refuse("already");
  return id;
}

/** Nobody writes to it any more; what was delivered stays with the leader. @throws refusal `noMailbox` */
export async function close(ctx: MailboxCtx, mailboxId: Id): Promise<void> {
  const closed = await ctx.db
    .update(mailboxes)
    .set({ closedAt: ctx.now })
    .where(and(eq(mailboxes.id, mailboxId), eq(mailboxes.unitId, ctx.unit.id), isNull(mailboxes.closedAt)))
    .returning({ id: mailboxes.id });
  if (closed.length === 0) throw refuse("noMailbox");
}
