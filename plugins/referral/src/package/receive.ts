import type { Id } from "@doorstep/sdk";
import type { AddressAnswer, AddressRequest } from "@doorstep/sdk/server";
import { and, desc, eq, isNull } from "drizzle-orm";
import { iso, type JobCtx, type Partner, type Referral, sha256 } from "../referral-ctx.ts";
import { refuse } from "../refusals.ts";
import { partners, referrals } from "../schema.ts";
import { toBytes } from "../takein/card.ts";
import { secretOf } from "./keys.ts";
import { type Manifest, manifest, parsed, type Receipt, receipt } from "./manifest.ts";
import { isSignedBy, type Opened, open, readSigned, signedText } from "./seal.ts";

/** What became of a file that somebody brought. */
export type Outcome = "taken" | "same" | "added" | "quarantine" | "receipt";

async function partnerByCode(ctx: Pick<JobCtx, "db" | "unit">, code: string): Promise<Partner | undefined> {
  const [found] = await ctx.db
    .select()
    .from(partners)
    .where(and(eq(partners.unitId, ctx.unit.id), eq(partners.code, code), isNull(partners.endedAt)));
  return found;
}

/** Who brought it: a person, or the system that called. */
type By = Id;

interface Judged {
  readonly said: Manifest;
  readonly digest: string;
  readonly by: By;
  readonly partner: Partner | undefined;
  /** why nobody can say who sent it */
  readonly doubt: "unknownSender" | "signature" | null;
}

/** @throws refusal `notForUs`, `damaged` */
async function judge(ctx: JobCtx, opened: Opened, by: By): Promise<Judged> {
  const said = parsed(manifest, opened.signed);
  if (!said) throw refuse("damaged");
  if (said.to !== ctx.unit.code) throw refuse("notForUs");
  if (said.files.some(({ data, sha256: sum }) => sha256(Buffer.from(data, "base64")) !== sum)) throw refuse("damaged");
  const partner = await partnerByCode(ctx, said.from.code);
  const signKey = partner?.signKey ?? null;
  const doubt = signKey === null ? "unknownSender" : isSignedBy(opened, signKey) ? null : "signature";
  return { said, by, digest: sha256(opened.signed), partner: signKey === null ? undefined : partner, doubt };
}

/** What came of the same matter before, the newest version first. */
async function earlierOf(ctx: JobCtx, partner: Partner, number: string): Promise<readonly Referral[]> {
  return await ctx.db
    .select()
    .from(referrals)
    .where(and(eq(referrals.partnerId, partner.id), eq(referrals.number, number), eq(referrals.direction, "in")))
    .orderBy(desc(referrals.version));
}

const knownBy = async (ctx: JobCtx, digest: string): Promise<Referral | undefined> =>
  (
    await ctx.db
      .select()
      .from(referrals)
      .where(and(eq(referrals.unitId, ctx.unit.id), eq(referrals.digest, digest), eq(referrals.direction, "in")))
  )[0];

interface Row {
  readonly id: Id;
  readonly partnerId: Id | null;
  readonly state: Referral["state"];
  readonly reason?: string | null;
  readonly content: Uint8Array | null;
  readonly caseId?: Id | null;
  readonly caseNo?: string | null;
}

async function keep(ctx: JobCtx, { said, digest, by }: Judged, { content, ...row }: Row): Promise<boolean> {
  const fileId = content && (await ctx.files.put(content));
  const made = await ctx.db
    .insert(referrals)
    .values({
      ...{ unitId: ctx.unit.id, direction: "in", way: "package", number: said.number, version: said.version, digest },
      ...{ ...row, fileId, service: said.card.purpose, at: ctx.now, changedAt: ctx.now, byPerson: by },
    })
    .onConflictDoNothing()
    .returning({ id: referrals.id });
  if (made.length > 0) return true;
  if (fileId) await ctx.files.remove(fileId);
  return false;
}

/** A later version of what is a petition already waits to be laid into it, for whoever handles it. */
async function addTo(ctx: JobCtx, judged: Judged, earlier: Referral, partner: Partner): Promise<Outcome> {
  if (!earlier.caseId) throw refuse("earlierFirst");
  const row: Row = {
    ...{ id: ctx.newId(), partnerId: partner.id, state: "waiting", content: toBytes(judged.said.card) },
    ...{ caseId: earlier.caseId, caseNo: earlier.caseNo },
  };
  return (await keep(ctx, judged, row)) ? "added" : "same";
}

/** By the rules of conflict: the same once, a changed or an older one not at all, a newer one to what is there. */
async function takeKnown(ctx: JobCtx, judged: Judged, partner: Partner): Promise<Outcome> {
  const { said, digest } = judged;
  const earlier = await earlierOf(ctx, partner, said.number);
  const same = earlier.find((one) => one.version === said.version);
  if (same) {
    if (same.digest === digest) return "same";
    throw refuse("changed");
  }
  const [newest] = earlier;
  if (newest && newest.version > said.version) throw refuse("older");
  // danger is never only a note in a file that somebody opens some day: it becomes a petition of its own, which pages
  if (newest && !said.card.urgentSafety) return await addTo(ctx, judged, newest, partner);
  const content = toBytes({ ...said.card, files: said.files.map(({ name, data }) => ({ name, data })) });
  const row: Row = { id: ctx.newId(), partnerId: partner.id, state: "waiting", content };
  return (await keep(ctx, judged, row)) ? "taken" : "same";
}

/**
 * Takes in a file that somebody brought: a package, or the receipt of one.
 *
 * @throws refusal `notForUs`, `damaged`, `changed`, `older`, `earlierFirst`, `noKeys`, `receiptUnknown`
 */
export async function bring(ctx: JobCtx, file: Uint8Array, by: By): Promise<Outcome> {
  const plain = readSigned(file);
  if (plain) return await takeReceipt(ctx, plain);
  const opened = open(file, await secretOf(ctx));
  if (!opened) throw refuse("notForUs");
  const judged = await judge(ctx, opened, by);
  if (judged.partner && judged.doubt === null) return await takeKnown(ctx, judged, judged.partner);
  if (await knownBy(ctx, judged.digest)) return "same";
  const row: Row = { id: ctx.newId(), partnerId: null, state: "quarantine", reason: judged.doubt, content: file };
  await keep(ctx, judged, row);
  return "quarantine";
}

/** Looks again at a package whose sender was in doubt. @throws refusal `state`, and those of `bring` */
export async function bringAgain(ctx: JobCtx, { id, fileId }: Referral, by: By): Promise<void> {
  const file = fileId === null ? null : await ctx.files.get(fileId);
  const opened = file && open(file, await secretOf(ctx));
  if (!opened || fileId === null) throw refuse("state");
  const judged = await judge(ctx, opened, by);
  if (!judged.partner || judged.doubt !== null) {
    await ctx.db.update(referrals).set({ reason: judged.doubt, changedAt: ctx.now }).where(eq(referrals.id, id));
    throw refuse(judged.doubt ?? "unknownSender");
  }
  // What stood in doubt makes way for what is known, so that the rules of conflict hold for both.
  await ctx.db.delete(referrals).where(and(eq(referrals.id, id), eq(referrals.state, "quarantine")));
  await takeKnown(ctx, judged, judged.partner);
  await ctx.files.remove(fileId);
}

/** @throws refusal `receiptUnknown` */
export async function takeReceipt(ctx: JobCtx, plain: Opened): Promise<Outcome> {
  const said = parsed(receipt, plain.signed);
  const partner = said && (await partnerByCode(ctx, said.from));
  if (!said || said.to !== ctx.unit.code || !partner?.signKey || !isSignedBy(plain, partner.signKey))
    throw refuse("receiptUnknown");
  const [found] = await ctx.db
    .update(referrals)
    .set({ state: "received", reason: null, changedAt: ctx.now })
    .where(
      and(
        ...[eq(referrals.unitId, ctx.unit.id), eq(referrals.partnerId, partner.id), eq(referrals.direction, "out")],
        ...[eq(referrals.number, said.number), eq(referrals.version, said.version), eq(referrals.digest, said.digest)],
      ),
    )
    .returning();
  if (!found) throw refuse("receiptUnknown");
  if (found.fileId !== null) {
    await ctx.files.remove(found.fileId);
    await ctx.db.update(referrals).set({ fileId: null }).where(eq(referrals.id, found.id));
  }
  return "receipt";
}

async function receiptOf(ctx: JobCtx, to: string, one: Referral) {
  const { number, version, digest, at, caseNo } = one;
  const said: Receipt = {
    ...{ kind: "receipt", from: ctx.unit.code, to, number, version, digest },
    ...{ receivedAt: iso(at), caseNo },
  };
  return {
    fileName: `receipt-${number}-v${version}.dsrec`,
    data: Buffer.from(signedText(said, await secretOf(ctx))).toString("base64"),
  };
}

/** The receipt of a package that was taken in, to be carried back. @throws refusal `notFound`, `noKeys` */
export async function receiptFile(ctx: JobCtx, referralId: Id): Promise<{ fileName: string; data: string }> {
  const [row] = await ctx.db
    .select({ one: referrals, to: partners.code })
    .from(referrals)
    .innerJoin(partners, eq(partners.id, referrals.partnerId))
    .where(and(eq(referrals.id, referralId), eq(referrals.unitId, ctx.unit.id), eq(referrals.direction, "in")));
  if (row?.one.state !== "filed" || row.one.way !== "package") throw refuse("notFound");
  return await receiptOf(ctx, row.to, row.one);
}

/**
 * A package that a connected system posts: what became of it, and the receipt where the sender is known. The same again gives the
 * same. @throws refusal those of `bring`
 */
export async function packagePosted(ctx: JobCtx, { body, system }: AddressRequest): Promise<AddressAnswer> {
  if (!body || !system) throw refuse("notForUs");
  const outcome = await bring(ctx, body, system.id);
  const opened = open(body, await secretOf(ctx));
  const known = opened && (await knownBy(ctx, sha256(opened.signed)));
  const [partner] = known?.partnerId
    ? await ctx.db.select().from(partners).where(eq(partners.id, known.partnerId))
    : [];
  const receipt = known && partner ? (await receiptOf(ctx, partner.code, known)).data : null;
  return {
    status: outcome === "quarantine" ? 202 : outcome === "taken" ? 201 : 200,
    ...{ type: "application/json", body: JSON.stringify({ outcome, receipt }) },
  };
}
