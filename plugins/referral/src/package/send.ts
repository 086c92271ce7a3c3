import type { CaseBrief, Id } from "@doorstep/sdk";
import { and, desc, eq } from "drizzle-orm";
import { partnerOf } from "../partners/partners.ts";
import { iso, meOf, type Partner, type Referral, type ReferralCtx, sha256 } from "../referral-ctx.ts";
import { refuse } from "../refusals.ts";
import { partners, referrals } from "../schema.ts";
import type { Card } from "../takein/card.ts";
import { secretOf } from "./keys.ts";
import type { Manifest } from "./manifest.ts";
import { seal } from "./seal.ts";

/** So that whoever receives the package can bring it in; the file is little larger than what it carries. */
export const MOST_OF_FILES = 1_200_000;

export interface SendInput {
  readonly referralId: Id;
  readonly caseId: Id;
  readonly partnerId: Id;
  readonly title: string;
  readonly body: string;
  readonly ground: string;
  readonly reportBy: string | null;
  readonly withName: boolean;
  /** somebody is in danger now */
  readonly urgent: boolean;
  readonly files: readonly { readonly name: string; readonly data: string }[];
}

const purposeOf = ({ category }: CaseBrief): Card["purpose"] => (category === "suggestion" ? "suggest" : "solve");

/** Never to the unit complained of or one below it, and never an accusation [R22:22(2), R22:30]. */
async function petitionFor(ctx: ReferralCtx, caseId: Id, partner: Partner): Promise<CaseBrief> {
  const petition = await ctx.cases.get(caseId);
  if (!petition || petition.category === "accusation") throw refuse("notFound");
  const unit = await ctx.units.byCode(partner.code);
  if (unit && !(await ctx.cases.mayGoTo(caseId, unit.id))) throw refuse("respondent");
  return petition;
}

async function whoWrote(ctx: ReferralCtx, { caseId, withName }: SendInput, partner: Partner) {
  if (!withName) return { anonymity: "anonymous" as const };
  const { name, kind, contact = "" } = await ctx.people.get(caseId, `转送${partner.name}`);
  return { anonymity: "named" as const, petitioner: { name, kind, contact } };
}

/**
 * Writes a package for a partner and keeps it until the receipt is there. The words are those somebody has looked through and
 * covered where it must be; who wrote goes along only where he says so, and the petitioner reads that it was opened.
 *
 * @throws refusal `notFound`, `respondent`, `noPartnerKeys`, `noKeys`, `reportBy`, `tooMuch`; DoorstepError of `ctx.people.get`
 */
export async function send(ctx: ReferralCtx, input: SendInput): Promise<void> {
  const partner = await partnerOf(ctx, input.partnerId);
  const petition = await petitionFor(ctx, input.caseId, partner);
  if (await own(ctx, input.referralId)) return;
  if (partner.signKey === null || partner.boxKey === null) throw refuse("noPartnerKeys");
  if (input.reportBy !== null && input.reportBy <= ctx.now.slice(0, 10)) throw refuse("reportBy");
  const secret = await secretOf(ctx);
  const [last] = await ctx.db
    .select({ version: referrals.version })
    .from(referrals)
    .where(
      and(eq(referrals.unitId, ctx.unit.id), eq(referrals.number, petition.caseNo), eq(referrals.direction, "out")),
    )
    .orderBy(desc(referrals.version))
    .limit(1);
  // one series for all partners, so that a later one is later for each
  const version = (last?.version ?? 0) + 1;
  const files = input.files.map(({ data }) => Buffer.from(data, "base64"));
  const content: Manifest = {
    ...{ kind: "referral", from: { code: ctx.unit.code, name: ctx.unit.name["zh-CN"] }, to: partner.code },
    ...{ number: petition.caseNo, version, sentAt: ctx.now, reportBy: input.reportBy, ground: input.ground },
    card: {
      ...{ purpose: purposeOf(petition), title: input.title, body: input.body, desiredOutcome: "" },
      ...{ urgentSafety: input.urgent, locale: "zh-CN", ...(await whoWrote(ctx, input, partner)) },
    },
    files: input.files.map(({ name, data }, index) => ({
      name,
      data,
      sha256: sha256(files[index] ?? new Uint8Array()),
    })),
  };
  if (files.reduce((sum, { byteLength }) => sum + byteLength, 0) > MOST_OF_FILES) throw refuse("tooMuch");
  const { file, signed } = seal(content, { code: partner.code, boxKey: partner.boxKey }, secret);
  const fileId = await ctx.files.put(file);
  const made = await ctx.db
    .insert(referrals)
    .values({
      ...{ id: input.referralId, unitId: ctx.unit.id, direction: "out", partnerId: partner.id, way: "package" },
      ...{ number: petition.caseNo, version, digest: sha256(signed), state: "sent", fileId },
      ...{ caseId: input.caseId, caseNo: petition.caseNo, at: ctx.now, changedAt: ctx.now, byPerson: meOf(ctx) },
    })
    .onConflictDoNothing()
    .returning({ id: referrals.id });
  if (made.length > 0) return;
  await ctx.files.remove(fileId);
  if (!(await own(ctx, input.referralId))) throw refuse("state");
}

async function own(ctx: ReferralCtx, referralId: Id): Promise<Referral | undefined> {
  const [found] = await ctx.db
    .select()
    .from(referrals)
    .where(and(eq(referrals.id, referralId), eq(referrals.unitId, ctx.unit.id)));
  return found;
}

/** The package as a file, as often as it is needed until the receipt is there. @throws refusal `notFound`, `state` */
export async function packageFile(ctx: ReferralCtx, referralId: Id): Promise<{ fileName: string; data: string }> {
  const found = await own(ctx, referralId);
  if (found?.direction !== "out" || !found.caseId || !(await ctx.cases.get(found.caseId))) throw refuse("notFound");
  const bytes = found.fileId === null ? null : await ctx.files.get(found.fileId);
  if (!bytes) throw refuse("state");
  return {
    fileName: `referral-${found.number}-v${found.version}.dsref`,
    data: Buffer.from(bytes).toString("base64"),
  };
}

/** What was sent of a petition the asker may see. */
export async function sentOf(ctx: ReferralCtx, caseId: Id) {
  if (!(await ctx.cases.get(caseId))) return [];
  const rows = await ctx.db
    .select({ one: referrals, partner: partners.name })
    .from(referrals)
    .innerJoin(partners, eq(partners.id, referrals.partnerId))
    .where(and(eq(referrals.caseId, caseId), eq(referrals.unitId, ctx.unit.id), eq(referrals.direction, "out")))
    .orderBy(desc(referrals.at));
  return rows.map(({ one, partner }) => ({
    ...{ referralId: one.id, partner, state: one.state, reason: one.reason, version: one.version, at: iso(one.at) },
  }));
}

/** Those that packages can be sent to. */
export async function receivers(ctx: ReferralCtx) {
  const rows = await ctx.db.select().from(partners).where(eq(partners.unitId, ctx.unit.id));
  return rows
    .filter((one) => one.endedAt === null && one.boxKey !== null)
    .map((one) => ({ partnerId: one.id, name: one.name }));
}
