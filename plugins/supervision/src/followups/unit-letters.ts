import type { Id, Text } from "@doorstep/sdk";
import { letterDay, template } from "@doorstep/sdk/server";
import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Rung } from "../ladder.ts";
import { silentTitle } from "../matters/channels.ts";
import { caseOf, type JobCtx, type Matter, type WatchCtx } from "../matters/matter-ctx.ts";
import { plugin } from "../plugin.ts";
import { kindTexts, recommendationKinds } from "../recommendations/kinds.ts";
import { matters, steps } from "../schema.ts";

const both = z.object({ "zh-CN": z.string(), en: z.string() });
const asking = z.object({
  unit: both,
  /** of a matter that belongs to no petition: what it is about */
  subject: both.nullable(),
  /** none where the step followed by itself */
  words: z.string(),
  dueOn: z.iso.date(),
});
const field = (label: string, value: string | undefined) => (value ? [{ label, value }] : []);
const paragraph = (text: string) => ({ kind: "paragraph", text }) as const;
const heading = (text: string) => ({ kind: "heading", text }) as const;

/** D27: what to do, by when, and what follows otherwise [SPEC 12.2, 15; R22:40]. */
const urging = template(plugin, {
  title: { "zh-CN": "督办函", en: "Urging letter" },
  data: asking.extend({ again: z.boolean() }),
  render: ({ unit, subject, words, dueOn, again }) => ({
    "zh-CN": {
      blocks: [
        {
          kind: "fields",
          rows: [
            ...field("被督办单位", unit["zh-CN"]),
            ...field("督办事项", subject?.["zh-CN"]),
            ...field("次数", again ? "再次督办" : "首次督办"),
            ...field("答复期限", letterDay(dueOn, "zh-CN")),
          ],
        },
        heading("督办要求"),
        paragraph(words || "前次督办已经到期，没有收到书面答复。请说明原因、采取的措施和完成时间。"),
        heading("逾期的处理"),
        paragraph("逾期没有答复的，再次督办并报告上级领导；仍不落实的，依次约谈、通报、挂牌督办。"),
      ],
      closing: "特此函告，请书面答复。",
      plain: {
        decided: again ? "再次督办" : "对这件事项开展督办",
        why: "事项需要督促落实",
        can: "在“督办答复”里书面答复，说明原因、措施和完成时间",
        until: `最迟${letterDay(dueOn, "zh-CN")}答复`,
      },
    },
    en: {
      blocks: [
        {
          kind: "fields",
          rows: [
            ...field("Unit", unit.en),
            ...field("Matter", subject?.en),
            ...field("Urged", again ? "once more" : "for the first time"),
            ...field("Answer by", letterDay(dueOn, "en")),
          ],
        },
        heading("What is asked"),
        paragraph(
          words ||
            "The time for an answer to the last urging is over and none has come in. Say why, what is done, and when it will be finished.",
        ),
        heading("If no answer comes"),
        paragraph(
          "The matter is urged again and the superior is told; then come an interview, a circular and listed supervision.",
        ),
      ],
      closing: "Please answer in writing.",
      plain: {
        decided: again ? "this matter is urged once more" : "this matter is supervised",
        why: "it has to be brought to its end",
        can: "answer in writing under “to answer”: why, what is done, and by when",
        until: `answer on ${letterDay(dueOn, "en")} at the latest`,
      },
    },
  }),
});

/** The unit is called to an interview [R22:39]. */
const interview = template(plugin, {
  title: { "zh-CN": "约谈通知书", en: "Notice of interview" },
  data: asking,
  render: ({ unit, subject, words, dueOn }) => ({
    "zh-CN": {
      blocks: [
        {
          kind: "fields",
          rows: [
            ...field("被约谈单位", unit["zh-CN"]),
            ...field("约谈事项", subject?.["zh-CN"]),
            ...field("答复期限", letterDay(dueOn, "zh-CN")),
          ],
        },
        heading("约谈的原因和要求"),
        paragraph(words),
        paragraph("请贵单位负责人参加，带上办理材料和整改打算。约谈由两人进行并作记录，承诺事项写明完成日期。"),
      ],
      closing: "特此通知。",
      plain: {
        decided: "约谈贵单位负责人",
        why: "两次督办后，问题还没有解决",
        can: "在约谈时说明情况，提出整改打算",
        until: `最迟${letterDay(dueOn, "zh-CN")}书面答复`,
      },
    },
    en: {
      blocks: [
        {
          kind: "fields",
          rows: [
            ...field("Unit", unit.en),
            ...field("Matter", subject?.en),
            ...field("Answer by", letterDay(dueOn, "en")),
          ],
        },
        heading("Why, and what is asked"),
        paragraph(words),
        paragraph(
          "A leader of the unit comes, with the file and a plan. Two people hold the interview and write it down; what is promised bears its day.",
        ),
      ],
      closing: "Please be there.",
      plain: {
        decided: "a leader of your unit is called to an interview",
        why: "it was urged twice, and the problem is still there",
        can: "say at the interview how it stands and what you plan",
        until: `answer in writing on ${letterDay(dueOn, "en")} at the latest`,
      },
    },
  }),
});

/** D29 of a matter that belongs to no petition: the same words, but nobody has a petition to look at. */
const listingUnit = template(plugin, {
  title: { "zh-CN": "挂牌督办（整改）通知书", en: "Notice of listed supervision (rectification)" },
  data: asking.extend({ leader: z.string() }),
  render: ({ unit, subject, words, dueOn, leader }) => ({
    "zh-CN": {
      blocks: [
        {
          kind: "fields",
          rows: [
            ...field("被督办单位", unit["zh-CN"]),
            ...field("督办事项", subject?.["zh-CN"]),
            ...field("责任领导", leader),
            ...field("办结期限", letterDay(dueOn, "zh-CN")),
          ],
        },
        heading("存在的问题和整改要求"),
        paragraph(words),
        heading("验收销号"),
        paragraph(
          "整改完成后，由我单位派人现场验收。验收合格的，予以销号；不合格的，继续整改。逾期没有办结的，按照有关规定提出追究责任的建议。",
        ),
      ],
      closing: "请按期完成整改并书面报告结果。",
      plain: {
        decided: "这件事项由我单位挂牌督办，贵单位限期整改",
        why: "经过多次督办，问题还没有解决",
        can: "随时向我单位说明情况，完成后书面报告",
        until: `最迟${letterDay(dueOn, "zh-CN")}办结`,
      },
    },
    en: {
      blocks: [
        {
          kind: "fields",
          rows: [
            ...field("Unit", unit.en),
            ...field("Matter", subject?.en),
            ...field("Leader responsible", leader),
            ...field("To be settled by", letterDay(dueOn, "en")),
          ],
        },
        heading("What is wrong, and what is to be done"),
        paragraph(words),
        heading("Acceptance"),
        paragraph(
          "When it is done, our unit checks on the spot. What passes is taken off the list; what does not is put right further. Where it is not settled in time, accountability is recommended by the rules.",
        ),
      ],
      closing: "Put it right in time and report the result in writing.",
      plain: {
        decided: "our unit lists this matter, and your unit has to put it right",
        why: "it was urged several times, and the problem is still there",
        can: "tell our unit at any time how it stands, and report in writing when it is done",
        until: `settled on ${letterDay(dueOn, "en")} at the latest`,
      },
    },
  }),
});

/** A circular, to each unit of its circle: of the petition behind it, it says nothing. */
const circular = template(plugin, {
  title: { "zh-CN": "通报", en: "Circular" },
  data: z.object({ title: z.string(), words: z.string() }),
  render: ({ title, words }) => ({
    "zh-CN": {
      blocks: [heading(title), paragraph(words)],
      closing: "特此通报，请阅读并确认。",
      plain: {
        decided: `就“${title}”作出通报`,
        why: "所反映的问题带有共性，请各单位引以为戒",
        can: "对照检查本单位，在“督办答复”里确认已阅",
        until: "收到后及时确认",
      },
    },
    en: {
      blocks: [heading(title), paragraph(words)],
      closing: "Please read it and confirm.",
      plain: {
        decided: `a circular is given about “${title}”`,
        why: "what happened may happen elsewhere",
        can: "look whether it happens in your unit, and confirm under “to answer” that it was read",
        until: "confirmed soon after it has come in",
      },
    },
  }),
});

/** D28: one of the three kinds, with its evidence; answered in writing within thirty days [R22:41]. */
const recommendation = template(plugin, {
  title: { "zh-CN": "信访工作建议书", en: "Recommendation" },
  data: z.object({ kind: z.enum(recommendationKinds), words: z.string(), evidence: z.string(), dueOn: z.iso.date() }),
  render: ({ kind, words, evidence, dueOn }) => ({
    "zh-CN": {
      blocks: [
        {
          kind: "fields",
          rows: [...field("建议种类", kindTexts[kind]["zh-CN"]), ...field("答复期限", letterDay(dueOn, "zh-CN"))],
        },
        heading("依据的情况"),
        paragraph(evidence),
        heading("建议"),
        paragraph(words),
      ],
      closing: "请书面答复是否采纳；不采纳或者部分采纳的，请说明理由。",
      plain: {
        decided: `向贵单位提出${kindTexts[kind]["zh-CN"]}的建议`,
        why: "信访工作中发现的情况表明有必要",
        can: "在“三项建议”里书面答复是否采纳",
        until: `最迟${letterDay(dueOn, "zh-CN")}答复`,
      },
    },
    en: {
      blocks: [
        { kind: "fields", rows: [...field("Kind", kindTexts[kind].en), ...field("Answer by", letterDay(dueOn, "en"))] },
        heading("What it rests on"),
        paragraph(evidence),
        heading("What is recommended"),
        paragraph(words),
      ],
      closing: "Please answer in writing whether it is adopted; where not, or in part, say why.",
      plain: {
        decided: `it is recommended to your unit: ${kindTexts[kind].en}`,
        why: "what petitions have shown calls for it",
        can: "answer under “recommendations” whether it is adopted",
        until: `answer on ${letterDay(dueOn, "en")} at the latest`,
      },
    },
  }),
});

/** Letters to other units, by the name that the server half knows them by. */
export const unitLetterTemplates = { urging, interview, listingUnit, circular, recommendation };

interface Asked {
  /** The step; its letter bears the same id. */
  readonly id: Id;
  readonly rung: Rung;
  readonly words: string;
  readonly dueOn: string;
  readonly leader?: string | undefined;
}

const templateOf: Readonly<Partial<Record<Rung, keyof typeof unitLetterTemplates>>> = {
  urging: "urging",
  second: "urging",
  interview: "interview",
  listed: "listingUnit",
};

/** Whoever signs for the unit is told once of each letter. */
export const tellSigner = (ctx: JobCtx, letterId: Id): Promise<number> =>
  ctx.notify.tell({ to: ["signer"], news: "letterToSign", key: `letter-${letterId}` });

/**
 * Writes the letter of a step to the unit that is asked. A reminder is none yet, a circular has letters of its own, and the
 * D29 of a petition is a letter of that petition; nobody writes to his own unit.
 *
 * @returns whether there is one
 * @throws DoorstepError `notice.glyphMissing`
 */
export async function writeStepLetter(ctx: JobCtx, matter: Matter, asked: Asked): Promise<boolean> {
  const template = templateOf[asked.rung];
  const caseId = caseOf(matter);
  if (!template || matter.unitId === ctx.unit.id || (asked.rung === "listed" && caseId !== null)) return false;
  const unit: Text | undefined = (await ctx.units.get(matter.unitId))?.name;
  if (!unit) return false;
  const { id: letterId, rung, words, dueOn, leader } = asked;
  const data = { unit, subject: silentTitle(matter.channel), words, dueOn, again: rung === "second", leader };
  await ctx.letters.toUnit({
    ...{ letterId, toUnit: matter.unitId, template, data },
    ...(caseId !== null && { caseId }),
  });
  await tellSigner(ctx, letterId);
  return true;
}

/** Those that whoever asks may read: by the unit that wrote them, once they are signed by the other one too. */
export async function lettersShown(ctx: WatchCtx, letterIds: readonly Id[]) {
  if (letterIds.length === 0) return [];
  const found = await ctx.letters.list(letterIds);
  return found.map(({ letterId, template, state, number, issuedOn }) => ({
    ...{ letterId, state, number, issuedOn },
    kind: template as keyof typeof unitLetterTemplates,
  }));
}

/** As their register counts them (9 before 10); what bears no number yet stands last. */
export const byNumber = <L extends { readonly number: string | null }>(letters: readonly L[]): readonly L[] =>
  letters.toSorted(({ number: one }, { number: other }) =>
    one === null || other === null
      ? Number(one === null) - Number(other === null)
      : one.localeCompare(other, "en", { numeric: true }),
  );

/** The daily work of the unit that asked: a step that followed by itself gets its letter, too. */
export async function writeLetters(ctx: JobCtx): Promise<void> {
  const waiting = await ctx.db
    .select({ step: steps, matter: matters })
    .from(steps)
    .innerJoin(matters, eq(matters.id, steps.matterId))
    .where(
      and(
        eq(steps.fromUnit, ctx.unit.id),
        isNull(steps.givenBy),
        eq(matters.state, "asked"),
        eq(matters.rung, steps.rung),
      ),
    );
  for (const { step, matter } of waiting)
    if ((await ctx.letters.list([step.id])).length === 0) await writeStepLetter(ctx, matter, step);
}
