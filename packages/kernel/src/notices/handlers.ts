import { DoorstepError, type Locale } from "@doorstep/contracts";
import { verifyArchive } from "../archive/verify-archive.ts";
import { nameOfLetter, noticeShown } from "../cases/case-parts.ts";
import { act, deliver } from "../cases/handlers.ts";
import { approveReply, sealReply, sendBackReply, waitsForFirst } from "../cases/reply.ts";
import { shelterOf } from "../cases/reveal.ts";
import type { Handlers } from "../handlers.ts";
import type { Kernel } from "../kernel.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { isModuleLetter, sealModuleLetter, sendBackModuleLetter } from "../module-letters/letter-acts.ts";
import type { Loaded, NoticeRow } from "../pipeline/load-case.ts";
import { listCases } from "../queue/list-cases.ts";
import { signedIn } from "../request-context.ts";
import { factsOf, isTemplate, letterParts } from "./letter-parts.ts";
import { loadWhole } from "./load-whole.ts";
import { markedPdf } from "./marked-pdf.ts";
import { verifyLetter } from "./verify-letter.ts";

export interface LetterFile {
  readonly fileName: string;
  /** base64 */
  readonly pdf: string;
}

/** Always the same bytes, and signed once it is sealed. */
export async function letterPdf(k: Kernel, loaded: Loaded, noticeId: string, locale: Locale): Promise<LetterFile> {
  const parts = await letterParts(k, loaded, noticeId, locale);
  return { fileName: `${parts.code}-${loaded.case.caseNo}.pdf`, pdf: await markedPdf(k, parts, noticeId, locale) };
}

async function namesOf(k: Kernel, loaded: Loaded): Promise<(id: string) => string | null> {
  const ids = loaded.noticeRows.flatMap((n) =>
    [n.drafted_by, n.first_approved_by, n.approved_by].filter((x) => typeof x === "string"),
  );
  const { rows } = await k.pool.query<{ id: string; name: string }>(
    "select id, name from kernel.people where id = any ($1)",
    [ids],
  );
  const names = new Map(rows.map((r) => [r.id, r.name]));
  return (id) => names.get(id) ?? null;
}

interface Waiting {
  readonly case_id: string;
  readonly id: string;
  readonly code: string;
  readonly facts: NoticeRow["facts"];
  readonly submitted_at: Date;
}

export const noticesHandlers: Handlers["notices"] = {
  async list(ctx, input) {
    const loaded = await loadWhole(ctx, input.caseId);
    const nameOf = await namesOf(ctx.kernel, loaded);
    const { reveal } = shelterOf(ctx.kernel.keys, loaded.case);
    return loaded.noticeRows.map((n) => noticeShown(n, nameOf, reveal, loaded.case.replyApprovals));
  },
  async toApprove(ctx, input) {
    const found = await listCases(ctx.kernel, signedIn(ctx), { ...input, view: "toApprove" });
    const ids = found.items.map((i) => i.caseId);
    const { rows } = await ctx.kernel.pool.query<Waiting>(
      `select case_id, id, code, facts, submitted_at from kernel.notices where case_id = any ($1)
         and (state = 'submitted' or code = 'DM' and state = 'draft' and sent_back_reason is null) order by submitted_at, id`,
      [ids],
    );
    return {
      items: found.items.flatMap((item) =>
        rows
          .filter((r) => r.case_id === item.caseId)
          .map((r) => ({
            ...item,
            noticeId: r.id,
            noticeCode: r.code,
            noticeName: nameOfLetter(r),
            submittedAt: r.submitted_at.toISOString(),
          })),
      ),
      nextCursor: found.nextCursor,
    };
  },
  async preview(ctx, input) {
    const loaded = await loadWhole(ctx, input.caseId);
    const notice = loaded.noticeRows.find((n) => n.id === input.noticeId);
    if (!notice || !isTemplate(notice.code)) throw new DoorstepError("notice.notFound");
    const { facts, previous } = factsOf(ctx.kernel, loaded, notice);
    const { locale } = signedIn(ctx);
    return {
      notice: noticeShown(
        notice,
        await namesOf(ctx.kernel, loaded),
        shelterOf(ctx.kernel.keys, loaded.case).reveal,
        loaded.case.replyApprovals,
      ),
      doc: composeLetter(notice.code, facts as never, locale),
      previous: previous && composeLetter(notice.code, previous as never, locale),
    };
  },
  pdf: async (ctx, input) => letterPdf(ctx.kernel, await loadWhole(ctx, input.caseId), input.noticeId, input.locale),
  verify: (ctx, input) => verifyLetter(ctx.kernel, Buffer.from(input.pdf, "base64")),
  verifyArchive: (ctx, input) => verifyArchive(ctx.kernel, input),
  seal: async (ctx, input) => {
    const { case: c } = await loadWhole(ctx, input.caseId);
    if (isModuleLetter(c, input.noticeId)) return act(ctx, sealModuleLetter, input);
    return act(ctx, waitsForFirst(c, input.noticeId) ? approveReply : sealReply, input);
  },
  sendBack: async (ctx, input) => {
    const { case: c } = await loadWhole(ctx, input.caseId);
    return act(ctx, isModuleLetter(c, input.noticeId) ? sendBackModuleLetter : sendBackReply, input);
  },
  deliver,
};
