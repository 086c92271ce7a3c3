import { DoorstepError, type LetterFacts } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Handlers } from "../handlers.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { partsOf } from "../notices/letter-parts.ts";
import { loadWhole } from "../notices/load-whole.ts";
import { markedPdf } from "../notices/marked-pdf.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { noteLetter } from "./change-letter.ts";
import { askHold, decideHold } from "./hold-letter.ts";
import { factsOfLetter, type LetterRow, letterFor, letterPage, mayConfirm, shownLetter } from "./letter-row.ts";
import { sendBackUnitLetter, signUnitLetter } from "./sign-letter.ts";

/** A sealed letter stays as it is: of a petition with covered words only those of its circle read it. */
async function whole(ctx: RequestContext, letterId: string): Promise<LetterRow> {
  const letter = await letterFor(ctx.kernel, signedIn(ctx), letterId);
  if (letter.case_id !== null) await loadWhole(ctx, letter.case_id);
  return letter;
}

async function confirm(ctx: RequestContext, actor: Actor, letterId: string): Promise<LetterRow> {
  const before = await letterFor(ctx.kernel, actor, letterId);
  if (before.received_at !== null) return before;
  if (!mayConfirm(actor, before)) throw new DoorstepError("forbidden");
  await inChange(ctx.kernel, ledgerActorOf(actor), async (change) => {
    const { rowCount } = await change.client.query(
      "update kernel.unit_letters set received_by = $2, received_at = $3 where id = $1 and received_at is null",
      [letterId, actor.personId, change.at],
    );
    if (rowCount === 1) await noteLetter(change, "unitLetter.received", before);
  });
  return await letterFor(ctx.kernel, actor, letterId);
}

export const unitLettersHandlers: Handlers["unitLetters"] = {
  async list(ctx, input) {
    const actor = signedIn(ctx);
    const { rows, nextCursor } = await letterPage(ctx.kernel, actor, input);
    return { items: rows.map((row) => shownLetter(ctx.kernel, actor, row)), nextCursor };
  },
  async read(ctx, { letterId }) {
    const actor = signedIn(ctx);
    const letter = await whole(ctx, letterId);
    const facts = factsOfLetter(ctx.kernel, letter) as object as LetterFacts<"DM">;
    return { item: shownLetter(ctx.kernel, actor, letter), doc: composeLetter("DM", facts, actor.locale) };
  },
  async pdf(ctx, { letterId, locale }) {
    const { kernel } = ctx;
    const letter = await whole(ctx, letterId);
    const dated = (letter.issued_at ?? letter.drafted_at).toISOString();
    const hash = letter.hash?.toString("hex") ?? null;
    const parts = await partsOf(kernel, { code: "DM", facts: factsOfLetter(kernel, letter), dated, hash }, locale);
    const fileName = `${letter.number ?? letter.template}.pdf`;
    return { fileName, pdf: await markedPdf(kernel, parts, letter.id, locale) };
  },
  sign: async (ctx, input) =>
    shownLetter(ctx.kernel, signedIn(ctx), await signUnitLetter(ctx.kernel, signedIn(ctx), input)),
  sendBack: async (ctx, input) =>
    shownLetter(ctx.kernel, signedIn(ctx), await sendBackUnitLetter(ctx.kernel, signedIn(ctx), input)),
  confirm: async (ctx, { letterId }) =>
    shownLetter(ctx.kernel, signedIn(ctx), await confirm(ctx, signedIn(ctx), letterId)),
  askHold: async (ctx, input) =>
    shownLetter(ctx.kernel, signedIn(ctx), await askHold(ctx.kernel, signedIn(ctx), input)),
  decideHold: async (ctx, input) =>
    shownLetter(ctx.kernel, signedIn(ctx), await decideHold(ctx.kernel, signedIn(ctx), input)),
};
