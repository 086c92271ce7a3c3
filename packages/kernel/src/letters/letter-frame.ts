import type { CommonFacts, LetterBlock, LetterDoc, LetterRow, LetterTemplate, Locale, Text } from "@doorstep/contracts";
import { noticeNames } from "@doorstep/contracts";
import { dateText } from "../clocks/explain-sentence.ts";
import { type Say, sayIn } from "./words.ts";

/** What a template says itself; the frame adds what all letters have in common. */
export interface LetterBody {
  readonly title?: string;
  readonly mark?: string;
  /** `undefined` leaves the salutation to the frame, `null` leaves it out (records of the office). */
  readonly addressee?: string | null;
  readonly blocks: readonly LetterBlock[];
  readonly closing?: string;
  readonly signLines?: readonly string[];
  readonly summary: readonly string[];
  readonly returnCode?: string | null;
  /** Stays among offices: no picture to scan, no address. */
  readonly internal?: boolean;
  /** What stands in the place of that hint, where there is no petitioner. */
  readonly hint?: string;
}

/** Version of the wording of all templates; raised with every change that a reader can notice. */
export const TEMPLATE_VERSION = 4;

/** Tools each template writes with, bound to the letter's language. */
export interface Pen {
  readonly locale: Locale;
  readonly say: Say;
  readonly of: (text: Text) => string;
  readonly date: (on: string) => string;
}

export const penFor = (locale: Locale): Pen => ({
  locale,
  say: sayIn(locale),
  of: (text) => text[locale],
  date: (on) => dateText(on, locale),
});

export const paragraph = (text: string): LetterBlock => ({ kind: "paragraph", text });
export const heading = (text: string): LetterBlock => ({ kind: "heading", text });
export const list = (items: readonly string[]): LetterBlock => ({ kind: "list", items: [...items] });

/** Rows of a table; those without a value are left out. */
export const rows = (
  ...entries: readonly (readonly [label: string, value: string | null | undefined])[]
): LetterRow[] => entries.flatMap(([label, value]) => (value ? [{ label, value }] : []));

export function contactRows(pen: Pen, contact: CommonFacts["contact"]): LetterRow[] {
  const { say, of } = pen;
  return rows(
    [say("联系部门", "Office"), of(contact.office)],
    [say("地址", "Address"), contact.address],
    [say("电话", "Telephone"), contact.phone],
    [say("接待时间", "Hours"), contact.hours],
  );
}

function queryOf(pen: Pen, facts: CommonFacts, body: LetterBody): LetterDoc["query"] {
  const { say } = pen;
  const { returnCode } = body;
  if (body.internal) {
    const usual = say(
      "本文书供办理单位使用；信访人凭收件回执上的查询码查询办理进展。",
      "For the offices concerned; the petitioner follows the progress with the code on the receipt.",
    );
    return { hint: body.hint ?? usual, address: null, code: null };
  }
  const where = facts.trackUrl
    ? say("扫描二维码或打开查询网址，", "Scan the picture or open the address, then ")
    : say("向上述联系部门，", "At the office named above, ");
  const hint = returnCode
    ? say(
        `${where}凭查询码即可查看进展、补充材料、收取答复和评价。查询码只在本回执上出现一次，请妥善保管，不要告诉他人。`,
        `${where}enter the code to see the progress, add material, read the reply and rate it. The code stands on this receipt only: keep it safe and tell nobody.`,
      )
    : say(
        `${where}凭收件回执上的查询码即可查看进展、补充材料、收取答复和评价。`,
        `${where}use the code on your receipt to see the progress, add material, read the reply and rate it.`,
      );
  return {
    hint,
    address: facts.trackUrl,
    code: returnCode ? { label: say("查询码", "Code"), value: returnCode } : null,
  };
}

/** Joins a template's own part with number, unit, date, seal, contact, query hint and summary [SPEC §15]. */
export function frame(pen: Pen, template: LetterTemplate, facts: CommonFacts, body: LetterBody): LetterDoc {
  const { say, of, date } = pen;
  const draft = facts.number === null || facts.issuedOn === null;
  const { wording } = facts;
  const salutation =
    body.addressee === undefined ? (facts.addressee ?? say("信访人", "To the petitioner")) : body.addressee;
  return {
    template,
    templateVersion: TEMPLATE_VERSION,
    locale: pen.locale,
    issuer: of(facts.unit),
    number: facts.number,
    caseNo: facts.caseNo,
    mark: body.mark ?? null,
    title: body.title ?? noticeNames[template][pen.locale],
    addressee: salutation === null ? null : say(`${salutation}：`, `${salutation},`),
    blocks: [...(wording?.opening ? [paragraph(of(wording.opening))] : []), ...body.blocks],
    closing: wording?.closing ? of(wording.closing) : (body.closing ?? null),
    signature: {
      unit: of(facts.unit),
      issuedOn: facts.issuedOn,
      dateText: facts.issuedOn === null ? null : date(facts.issuedOn),
      sealText: say("（印章）", "(seal)"),
      ...(facts.signer && { signer: { label: say("签发人", "Signed by"), ...facts.signer } }),
    },
    signLines: [...(body.signLines ?? [])],
    summary: {
      title: say("通俗说明", "In plain words"),
      paragraphs: [...body.summary, ...(wording?.plain ? [of(wording.plain)] : [])],
    },
    contact: [
      ...contactRows(pen, facts.contact),
      ...rows([say("联系提示", "Please note"), wording?.contact && of(wording.contact)]),
    ],
    query: queryOf(pen, facts, body),
    draftMark: draft ? say("草稿", "DRAFT") : null,
    caseNoLabel: say("事项编号", "Case no."),
  };
}
