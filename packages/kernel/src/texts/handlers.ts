import { DoorstepError, type TextSubject, type UnitTextView } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertMayAt, holdsAt } from "../actor-scope.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import { localDateOf } from "../clocks/local-time.ts";
import { faceNamed } from "../fonts/keep-font.ts";
import { fontInForce } from "../fonts/read-fonts.ts";
import { chooseFont, unitFonts } from "../fonts/unit-fonts.ts";
import type { Handlers } from "../handlers.ts";
import type { Kernel } from "../kernel.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { renderLetter } from "../letters/render-letter.ts";
import { sampleFacts } from "../letters/sample-facts.ts";
import { contactOf } from "../notices/contact.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { assertManages } from "../units/handlers.ts";
import { type Reader, unitPath } from "../units/unit-path.ts";
import { textInForce } from "./read-texts.ts";
import { decideText, draftText } from "./save-texts.ts";

interface Row {
  readonly id: string;
  readonly version: number;
  readonly state: UnitTextView["versions"][number]["state"];
  readonly texts: UnitTextView["versions"][number]["texts"];
  readonly validFrom: string;
  readonly draftedBy: string;
  readonly drafter: string;
  readonly draftedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

const todayOf = (k: Kernel, unit: Pick<UnitFacts, "timeZone"> | undefined): string =>
  localDateOf(k.now().toISOString(), unit?.timeZone ?? "Asia/Shanghai");

async function view(
  k: Kernel,
  reader: Reader,
  actor: Actor,
  unitId: string,
  subject: TextSubject,
): Promise<UnitTextView> {
  const path = await unitPath(reader, unitId);
  assertMayAt(actor, "units.read", path, "unit.notFound");
  const lineage = await unitAndAncestors(reader as never, unitId);
  const now = textInForce(lineage, subject, todayOf(k, lineage[0]));
  const { rows } = await reader.query<Row>(
    `select t.id, t.version, t.state, t.texts, t.valid_from as "validFrom", d.name as "draftedBy", d.id as drafter,
        t.drafted_at as "draftedAt", p.name as "decidedBy", t.decided_at as "decidedAt"
       from kernel.unit_texts t join kernel.people d on d.id = t.drafted_by left join kernel.people p on p.id = t.decided_by
      where t.unit_id = $1 and t.subject = $2 order by t.version desc`,
    [unitId, subject],
  );
  const manages = holdsAt(actor, "units.manage", path);
  return {
    inForce: now && {
      version: now.version,
      texts: now.texts,
      validFrom: now.validFrom,
      unit: now.of.name,
      inherited: now.of.id !== unitId,
    },
    versions: rows.map(({ drafter, ...row }) => ({
      ...row,
      draftedAt: row.draftedAt.toISOString(),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      mayDecide: manages && row.state === "draft" && drafter !== actor.personId,
    })),
  };
}

/** A change by somebody who manages the unit, and the words as they stand afterwards. */
function changed(
  ctx: RequestContext,
  on: { readonly unitId: string; readonly subject: TextSubject },
  work: (change: Parameters<Parameters<typeof inChange>[2]>[0], actor: Actor) => Promise<void>,
): Promise<UnitTextView> {
  const actor = signedIn(ctx);
  return inChange(ctx.kernel, ledgerActorOf(actor), async (change) => {
    await assertManages(change.client, actor, on.unitId);
    await work(change, actor);
    return view(ctx.kernel, change.client, actor, on.unitId, on.subject);
  });
}

/** The unit of a notice board's code, else the root: the words are public, as the boards are. */
async function lineageOf(k: Kernel, unitCode: string | undefined): Promise<readonly UnitFacts[]> {
  const { rows } = await k.pool.query<{ id: string }>("select id from kernel.units where code = $1", [unitCode ?? ""]);
  return unitAndAncestors(k.pool, rows[0]?.id ?? null);
}

export const textsHandlers: Handlers["texts"] = {
  get: (ctx, input) => view(ctx.kernel, ctx.kernel.pool, signedIn(ctx), input.unitId, input.subject),
  draft: (ctx, input) => changed(ctx, input, (change, actor) => draftText(change, actor.personId, input)),
  decide: (ctx, input) => changed(ctx, input, (change, actor) => decideText(change, actor.personId, input)),

  async preview(ctx, input) {
    await assertManages(ctx.kernel.pool, signedIn(ctx), input.unitId);
    const lineage = await unitAndAncestors(ctx.kernel.pool, input.unitId);
    const [unit] = lineage;
    if (!unit) throw new DoorstepError("unit.notFound");
    const facts = {
      ...sampleFacts[input.subject],
      // a sample is a draft, and says so across the page
      number: null,
      unit: unit.name,
      contact: contactOf(lineage),
      wording: { version: 1, ...input.texts },
    };
    const doc = composeLetter(input.subject, facts as never, input.locale);
    const font = input.font ?? fontInForce(lineage, todayOf(ctx.kernel, unit))?.font;
    const own = await faceNamed(ctx.kernel, font);
    const pdf = await renderLetter(doc, { own, now: ctx.kernel.now() });
    return { fileName: `${input.subject}-${input.locale}.pdf`, pdf: Buffer.from(pdf).toString("base64") };
  },

  async font(ctx, input) {
    const k = ctx.kernel;
    const [unit] = await unitAndAncestors(k.pool, input.unitId);
    return unitFonts(k.pool, signedIn(ctx), input.unitId, todayOf(k, unit));
  },
  async chooseFont(ctx, input) {
    const actor = signedIn(ctx);
    const k = ctx.kernel;
    return inChange(k, ledgerActorOf(actor), async (change) => {
      await assertManages(change.client, actor, input.unitId);
      const [unit] = await unitAndAncestors(change.client as never, input.unitId);
      const today = todayOf(k, unit);
      await chooseFont(change, actor.personId, input, today);
      return unitFonts(change.client, actor, input.unitId, today);
    });
  },

  async privacy(ctx, input) {
    const lineage = await lineageOf(ctx.kernel, input.unitCode);
    const now = textInForce(lineage, "privacy", todayOf(ctx.kernel, lineage[0]));
    if (!now?.texts.body) return null;
    return { unit: now.of.name, version: now.version, validFrom: now.validFrom, body: now.texts.body };
  },
};
