import { DoorstepError, type Text } from "@doorstep/contracts";
import { mayAt } from "../actor.ts";
import { bringNewFacts } from "../cases/afterwards.ts";
import { isForPetitioner } from "../cases/case-parts.ts";
import { contestRefusal } from "../cases/contest.ts";
import { identifyLater } from "../cases/identify.ts";
import { closeMediation } from "../cases/procedures.ts";
import { agreeNewDate, fulfilPromise, keepDate, sayMissing } from "../cases/promises.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import { requestRereview, requestReview } from "../cases/review.ts";
import { writeMessage } from "../cases/thread.ts";
import { askWithdrawal, takeBackWithdrawal, withdrawCase } from "../cases/withdrawal.ts";
import { answerConsent } from "../consents/consent-acts.ts";
import type { Handlers } from "../handlers.ts";
import { endMandate, giveMandate, mandateCodeOf } from "../mandates/acts.ts";
import { type Mandate, rightOver } from "../mandates/mandate.ts";
import { letterPdf } from "../notices/handlers.ts";
import { askErasure, correctOwn } from "../own-data/acts.ts";
import { exportOwn } from "../own-data/export-own.ts";
import { readOwnData } from "../own-data/own-data.ts";
import { OPEN_END } from "../pipeline/clock-changes.ts";
import { execute, type On } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import { readCursor } from "../queue/list-cases.ts";
import { askRecusal } from "../recusal/recusal.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { answerCheckIn, worseAgain } from "../retaliation/acts.ts";
import { assertLinked, linkedOf } from "../retaliation/petitioner.ts";
import { reportRetaliation } from "../retaliation/report.ts";
import { personKey } from "../vault/keys.ts";
import { type Filing, fileCase } from "./file-case.ts";
import { fileOwn } from "./file-own.ts";
import { importCases } from "./import-cases.ts";
import { publicStatusOf, readPetitionerCase } from "./petitioner-case.ts";
import { rateCase } from "./rate.ts";
import { verifyReceipt } from "./receipt-proof.ts";
import { trackCode } from "./track.ts";

const deskLabels: Readonly<Record<"letter" | "visit" | "phone" | "fax", Text>> = {
  letter: { "zh-CN": "来信", en: "Letter" },
  visit: { "zh-CN": "来访", en: "Visit" },
  phone: { "zh-CN": "来电", en: "Telephone" },
  fax: { "zh-CN": "传真", en: "Fax" },
};

/** The one case of this browser's code, or a case of this account; anything else does not exist. */
export async function ownCaseId(ctx: RequestContext, caseId: string | undefined): Promise<string> {
  return (await ownCase(ctx, caseId)).caseId;
}

interface Own {
  readonly caseId: string;
  /** by which he acts in the petitioner's place */
  readonly mandate: Mandate | undefined;
}

/** @throws DoorstepError `case.notFound` */
export async function ownCase(ctx: RequestContext, caseId: string | undefined): Promise<Own> {
  const { actor, codeCaseId, kernel } = ctx;
  if (codeCaseId && (caseId === undefined || caseId === codeCaseId))
    return { caseId: codeCaseId, mandate: ctx.codeMandate };
  if (!actor || caseId === undefined) throw new DoorstepError("case.notFound");
  const { rowCount } = await kernel.pool.query(
    "select 1 from kernel.case_audience where key = $1 and case_id = $2 and depth = -1",
    [personKey(kernel.keys, actor.personId), caseId],
  );
  const right = rowCount ? await rightOver(kernel, caseId, null) : null;
  if (!right) throw new DoorstepError("case.notFound");
  return { caseId, mandate: right.mandate ?? undefined };
}

/** What is the petitioner's alone: nobody who speaks for him asks for it. */
async function byHimself(ctx: RequestContext, caseId: string | undefined): Promise<string> {
  const own = await ownCase(ctx, caseId);
  if (own.mandate) throw new DoorstepError("mandate.own");
  return own.caseId;
}

/** A code opens the matter; who its petitioner is, it does not tell to whoever holds it. */
const isByAccount = (ctx: RequestContext, caseId: string): boolean => ctx.codeCaseId !== caseId;

const asPetitioner = async (ctx: RequestContext, input: { caseId?: string | undefined; key: string }): Promise<On> => {
  const { caseId, mandate } = await ownCase(ctx, input.caseId);
  const { rows } = await ctx.kernel.pool.query<{ on: string | null }>(
    `select destroyed_on::text as "on" from kernel.cases where id = $1`,
    [caseId],
  );
  if (rows[0]?.on) throw new DoorstepError("case.destroyed", { on: rows[0].on });
  return { caseId, key: input.key, party: { kind: "petitioner", ...(mandate && { mandate }) } };
};

export const intakeHandlers: Handlers["intake"] = {
  async file(ctx, input) {
    const { caseId: _id, ...result } = await fileOwn(ctx.kernel, ctx.actor, input);
    return result;
  },
  async fileAtDesk(ctx, input) {
    const actor = signedIn(ctx);
    const lineage = await unitAndAncestors(ctx.kernel.pool, input.unitId);
    if (
      !mayAt(
        actor,
        "desk.register",
        lineage.map((u) => u.id),
      )
    )
      throw new DoorstepError(lineage.length > 0 ? "forbidden" : "unit.notFound");
    if ((input.via === "visit" || input.via === "phone") && !input.readBack) throw new DoorstepError("intake.readBack");
    if (input.anonymity !== "anonymous" && !input.petitioner) throw new DoorstepError("intake.identityMissing");
    const { readBack: _readBack, petitioner, ...rest } = input;
    const filing: Filing = {
      ...rest,
      channelKey: `kernel/${input.via}`,
      channelLabel: deskLabels[input.via],
      locale: actor.locale,
      ...(petitioner && {
        petitioner: {
          ...petitioner,
          kind: petitioner.kind as "citizen",
          contact: petitioner.contact || "—",
          filingFor: "self",
        },
      }),
    };
    return fileCase(ctx.kernel, filing, { actor: `person:${actor.personId}`, petitionerId: null });
  },
  import: async (ctx, input) => ({ outcomes: await importCases(ctx.kernel, signedIn(ctx), input.records) }),
  verifyReceipt: (ctx, input) => verifyReceipt(ctx.kernel, input),
  async track(ctx, input) {
    const { caseId, mandateId } = await trackCode(ctx.kernel, ctx.origin, input.code);
    ctx.setCodeCase(caseId, mandateId);
    return { caseId };
  },
  leave: async (ctx) => {
    ctx.setCodeCase(null);
    return { ok: true };
  },
  async case(ctx, input) {
    const { caseId, mandate } = await ownCase(ctx, input.caseId);
    return readPetitionerCase(ctx.kernel, caseId, mandate);
  },
  async mine(ctx, input) {
    const cursor = readCursor(input.cursor);
    const { kernel } = ctx;
    const { rows } = await kernel.pool.query(
      `select c.id, c.case_no, c.title, c.organ_id, c.status, c.received_at, a.due::text as due,
          exists (select 1 from kernel.messages m where m.case_id = c.id and m.author = 'office' and m.visibility = 'petitioner' and m.read_at is null) as unread
        from kernel.case_audience a join kernel.cases c on c.id = a.case_id
       where a.key = $1 and a.depth = -1 and ($2::timestamptz is null or (a.received, a.case_id) < ($2, $3::uuid))
       order by a.received desc, a.case_id desc limit $4`,
      [personKey(kernel.keys, signedIn(ctx).personId), cursor?.[0] ?? null, cursor?.[1] ?? null, input.limit + 1],
    );
    const shown = rows.slice(0, input.limit);
    const last = shown.at(-1);
    return {
      items: shown.map((r) => ({
        caseId: r.id,
        caseNo: r.case_no,
        title: shelterOf(kernel.keys, { id: r.id, organId: r.organ_id }).reveal(places.case(r.id, "title"), r.title),
        status: publicStatusOf(r.status),
        nextDueOn: r.due === OPEN_END ? null : r.due,
        unread: r.unread,
        receivedAt: r.received_at.toISOString(),
      })),
      nextCursor:
        rows.length > input.limit && last
          ? Buffer.from(JSON.stringify([last.received_at.toISOString(), last.id])).toString("base64url")
          : null,
    };
  },
  async message(ctx, input) {
    await execute(ctx.kernel, writeMessage, await asPetitioner(ctx, input), {
      text: input.text,
      visibility: "petitioner",
      fileIds: input.fileIds,
    });
    return { ok: true };
  },
  async rate(ctx, input) {
    const { caseId: _c, key: _k, ...typed } = input;
    return execute(ctx.kernel, rateCase, await asPetitioner(ctx, input), typed);
  },
  async requestReview(ctx, input) {
    const { caseId: _c, key: _k, ...typed } = input;
    return execute(ctx.kernel, requestReview, await asPetitioner(ctx, input), typed);
  },
  async identify(ctx, input) {
    const { anonymity, petitioner } = input;
    return execute(ctx.kernel, identifyLater, await asPetitioner(ctx, input), { anonymity, petitioner });
  },
  async requestRereview(ctx, input) {
    const { caseId: _c, key: _k, ...typed } = input;
    return execute(ctx.kernel, requestRereview, await asPetitioner(ctx, input), typed);
  },
  async contest(ctx, input) {
    const { caseId: _c, key: _k, ...typed } = input;
    return execute(ctx.kernel, contestRefusal, await asPetitioner(ctx, input), typed);
  },
  async newFacts(ctx, input) {
    const { caseId: _c, key: _k, ...typed } = input;
    return execute(ctx.kernel, bringNewFacts, await asPetitioner(ctx, input), typed);
  },
  async signOff(ctx, input) {
    const { commitmentId, text } = input;
    const on = await asPetitioner(ctx, input);
    return input.done
      ? execute(ctx.kernel, fulfilPromise, on, { commitmentId })
      : execute(ctx.kernel, sayMissing, on, { commitmentId, text });
  },
  async answerNewDate(ctx, input) {
    const { commitmentId } = input;
    return execute(ctx.kernel, input.agree ? agreeNewDate : keepDate, await asPetitioner(ctx, input), { commitmentId });
  },
  async giveMandate(ctx, input) {
    const { caseId: _c, key, ...typed } = input;
    const code = mandateCodeOf(ctx.kernel, key);
    await execute(ctx.kernel, giveMandate, await asPetitioner(ctx, input), { ...typed, code });
    return { returnCode: code };
  },
  async endMandate(ctx, input) {
    await execute(ctx.kernel, endMandate, await asPetitioner(ctx, input), { mandateId: input.mandateId });
    return { ok: true };
  },
  async ownData(ctx, input) {
    const caseId = await byHimself(ctx, input.caseId);
    return readOwnData(ctx.kernel, caseId, isByAccount(ctx, caseId));
  },
  async exportOwn(ctx, input) {
    const caseId = await byHimself(ctx, input.caseId);
    return exportOwn(ctx.kernel, caseId, isByAccount(ctx, caseId));
  },
  async correctOwn(ctx, { name, contact, ...on }) {
    const words = { ...(name !== undefined && { name }), ...(contact !== undefined && { contact }) };
    return execute(ctx.kernel, correctOwn, await asPetitioner(ctx, on), words);
  },
  askErasure: async (ctx, input) =>
    execute(ctx.kernel, askErasure, await asPetitioner(ctx, input), { text: input.text }),
  async askWithdrawal(ctx, input) {
    const { text, freeWill } = input;
    return execute(ctx.kernel, askWithdrawal, await asPetitioner(ctx, input), { text, freeWill });
  },
  takeBackWithdrawal: async (ctx, input) => execute(ctx.kernel, takeBackWithdrawal, await asPetitioner(ctx, input), {}),
  withdraw: async (ctx, input) => execute(ctx.kernel, withdrawCase, await asPetitioner(ctx, input), {}),
  async askRecusal(ctx, input) {
    return execute(ctx.kernel, askRecusal, await asPetitioner(ctx, input), { personId: null, reason: input.reason });
  },
  async leaveMediation(ctx, input) {
    const typed = { because: "consentRevoked", note: input.note } as const;
    return execute(ctx.kernel, closeMediation, await asPetitioner(ctx, input), typed);
  },
  async answerConsent(ctx, { consentId, answer, ...input }) {
    return execute(ctx.kernel, answerConsent(answer), await asPetitioner(ctx, input), { consentId });
  },
  async reportRetaliation(ctx, input) {
    const caseId = await byHimself(ctx, input.caseId);
    const loaded = await loadCase(ctx.kernel.pool, caseId, "", "");
    if (!loaded) throw new DoorstepError("case.notFound");
    const personId = ctx.codeCaseId === caseId ? null : (ctx.actor?.personId ?? null);
    await reportRetaliation(ctx.kernel, loaded.case, input, { reporter: "petitioner", personId });
    return { ok: true };
  },
  async answerCheckIn(ctx, input) {
    const on = await asPetitioner(ctx, input);
    const typed = { worse: input.worse, text: input.text };
    return execute(ctx.kernel, input.worse === "yes" ? worseAgain : answerCheckIn, on, typed);
  },
  async linked(ctx, input) {
    const { caseId, mandate } = await ownCase(ctx, input.caseId);
    // a mandate is for one petition
    return mandate ? [] : [...(await linkedOf(ctx.kernel, caseId))];
  },
  async openLinked(ctx, input) {
    await assertLinked(ctx.kernel, await byHimself(ctx, input.from), input.caseId);
    ctx.setCodeCase(input.caseId);
    return { caseId: input.caseId };
  },
  async letter(ctx, input) {
    const loaded = await loadCase(ctx.kernel.pool, await ownCaseId(ctx, input.caseId), "", "");
    const notice = loaded?.noticeRows.find((n) => n.id === input.noticeId);
    if (!loaded || !notice || !isForPetitioner(notice)) throw new DoorstepError("notice.notFound");
    return letterPdf(ctx.kernel, loaded, input.noticeId, input.locale);
  },
};
