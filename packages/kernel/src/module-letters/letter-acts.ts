import {
  type Acted,
  DoorstepError,
  type LetterFacts,
  locales,
  type ModuleLetterTexts,
  type sealInput,
  type sendBackInput,
  type Text,
} from "@doorstep/contracts";
import type { z } from "zod";
import { holdsRoleAt } from "../actor.ts";
import { moduleParts } from "../case-data/module-parts.ts";
import { acted, personOf } from "../cases/acted.ts";
import { previousOf } from "../cases/reply.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import { faceNamed } from "../fonts/keep-font.ts";
import type { Kernel } from "../kernel.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { assertNoneMissing, missingGlyphs } from "../letters/letter-fonts.ts";
import { openToModules } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { partyRefusals } from "../life-cycle/party-refusals.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import { commonFacts } from "../notices/common-facts.ts";
import { noticeHash, protectFacts, submittedNotice } from "../notices/notice-row.ts";
import { nextNumber } from "../notices/number.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import type { Loaded, NoticeRow } from "../pipeline/load-case.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import { type Signed, signerOf } from "../signatures/own-signature.ts";
import { side } from "../tasks/task-acts.ts";

/** The code under which letters of modules stand among those of the kernel. */
export const MODULE_LETTER = "DM";

/** A letter as its module has written it. */
export interface ModuleLetter {
  readonly pluginId: string;
  readonly template: string;
  readonly title: Text;
  readonly letter: ModuleLetterTexts;
  /** a unit above whoever holds the petition, whose letter it is; absent: the holder's */
  readonly issuerUnitId?: string | undefined;
}

type Facts = LetterFacts<typeof MODULE_LETTER>;
type On<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

const moduleOf = (facts: object): Facts["module"] => (facts as Facts).module;
const issuerOf = (c: LoadedCase, i: ModuleLetter): string => i.issuerUnitId ?? c.holderUnitId;
const shelterFor = (k: Kernel, c: LoadedCase) => ({ keys: k.keys, organId: c.organId });
const heard = ({ id, template }: Facts["module"]) => ({ module: id, code: template });

/** Written before, and not issued: the next draft takes its place. */
const draftBefore = (
  k: Kernel,
  loaded: Loaded,
  i: Pick<ModuleLetter, "pluginId" | "template">,
): NoticeRow | undefined =>
  loaded.noticeRows.find((n) => {
    if (n.code !== MODULE_LETTER || n.state !== "draft") return false;
    const of = moduleOf(previousOf(shelterFor(k, loaded.case), n));
    return of.id === i.pluginId && of.template === i.template;
  });

/** What a module has written waits for a person who signs: it is drawn before, so that it can be sealed as it stands. */
export const draftModuleLetter: Command<ModuleLetter, { readonly noticeId: string }> = {
  act: side(
    "draftModuleLetter",
    "moduleLetter.drafted",
    [...moduleParts, { role: "system", at: "anywhere" }],
    [openToModules],
  ),
  async prepare(k, c, i): Promise<Facts> {
    if (!c.holderPath.includes(issuerOf(c, i))) throw new DoorstepError("forbidden");
    const issuer = await unitAndAncestors(k.pool, issuerOf(c, i));
    const facts: Facts = {
      ...commonFacts(k, MODULE_LETTER, c, issuer, null, null),
      module: { id: i.pluginId, template: i.template },
      title: i.title,
      letter: i.letter,
    };
    const own = await faceNamed(k, facts.font);
    for (const locale of locales) assertNoneMissing(missingGlyphs(composeLetter(MODULE_LETTER, facts, locale), own));
    return facts;
  },
  decide(k, loaded, s, i, party, prepared) {
    const facts = prepared as Facts;
    const c = loaded.case;
    const shelter = shelterFor(k, c);
    const before = draftBefore(k, loaded, i);
    const id = before?.id ?? k.newId();
    const version = (before?.version ?? 0) + 1;
    const at = s.now.toISOString();
    const drafted = { draftedBy: personOf(party), issuerUnitId: issuerOf(c, i) };
    const row = submittedNotice(shelter, { id, caseId: c.id, code: MODULE_LETTER, facts, at, ...drafted });
    return {
      result: { noticeId: id },
      facts: { ...heard(facts.module), notice: id, version },
      heard: heard(facts.module),
      rows: before
        ? {
            notice_patch: [
              {
                ...before,
                ...{
                  facts: protectFacts(shelter, id, { ...facts, $previous: previousOf(shelter, before) }),
                  version,
                },
                ...{ drafted_by: drafted.draftedBy, issuer_unit_id: drafted.issuerUnitId },
                ...{ submitted_at: at, sent_back_reason: null },
              },
            ],
          }
        : { notices: [{ ...row, state: "draft" }] },
    };
  },
};

const signers: SideAct["who"] = [
  { role: "signer", at: "holder" },
  { role: "signer", at: "above" },
];

/** From whose letter it is up to the root; one whose unit holds the petition no more, or its superior, is the holder's. */
const issuerPath = (c: LoadedCase, unitId: string): readonly string[] =>
  c.holderPath.slice(Math.max(c.holderPath.indexOf(unitId), 0));

const maySign = (c: LoadedCase, party: ActingParty, unitId: string): boolean =>
  party.kind === "person" && holdsRoleAt(party.actor, ["signer"], issuerPath(c, unitId));

function waiting(loaded: Loaded, noticeId: string): NoticeRow {
  const notice = loaded.noticeRows.find((n) => n.id === noticeId && n.code === MODULE_LETTER);
  if (!notice) throw new DoorstepError("notice.notFound");
  // what was sent back waits for its module, not for a signature
  if (notice.state !== "draft" || notice.sent_back_reason != null) throw new DoorstepError("notice.state");
  return notice;
}

interface Sealing {
  readonly number: string;
  readonly signed: Signed;
}

/** A second person signs: number, hash, seal; from then on it stands in the petitioner's case. */
export const sealModuleLetter: Command<On<typeof sealInput>, Acted> = {
  act: side("sealModuleLetter", "moduleLetter.issued", signers, [openToModules]),
  checks(c, _s, i, party) {
    const own = c.notices.some(
      (n) => n.id === i.noticeId && party.kind === "person" && n.draftedBy === party.actor.personId,
    );
    return own ? [{ code: "second.samePerson" }] : partyRefusals("sealModuleLetter", c, party);
  },
  async prepare(k, c, i, s, party): Promise<Sealing> {
    const notice = c.notices.find((n) => n.id === i.noticeId && n.code === MODULE_LETTER);
    if (notice?.state !== "draft") throw new DoorstepError(notice ? "notice.state" : "notice.notFound");
    if (!maySign(c, party, notice.issuerUnitId)) throw new DoorstepError("forbidden");
    const [unit] = await unitAndAncestors(k.pool, issuerPath(c, notice.issuerUnitId)[0] ?? c.holderUnitId);
    if (!unit) throw new DoorstepError("unit.notFound");
    const number = await nextNumber(k.pool, unit, Number(s.today.slice(0, 4)), MODULE_LETTER);
    return { number, signed: await signerOf(k, party) };
  },
  decide(k, loaded, s, i, party, prepared) {
    const { number, signed } = prepared as Sealing;
    const c = loaded.case;
    const at = s.now.toISOString();
    const notice = waiting(loaded, i.noticeId);
    const shelter = shelterFor(k, c);
    const facts = { ...previousOf(shelter, notice), number, issuedOn: s.today, ...signed };
    const digest = noticeHash(MODULE_LETTER, facts);
    const of = moduleOf(facts);
    return {
      result: acted(c),
      facts: { ...heard(of), notice: notice.id, number, hash: digest },
      heard: heard(of),
      rows: {
        notice_patch: [
          {
            ...notice,
            ...{ facts: protectFacts(shelter, notice.id, facts), state: "delivered", hash: `\\x${digest}`, number },
            ...{ approved_by: personOf(party), sealed_at: at, sent_at: at, delivered_on: s.today, method: "portal" },
          },
        ],
      },
    };
  },
};

/** Not like this: the module may write it anew. */
export const sendBackModuleLetter: Command<On<typeof sendBackInput>, Acted> = {
  act: side("returnModuleLetter", "moduleLetter.sentBack", signers, [openToModules]),
  decide(k, loaded, _s, i, party) {
    const notice = waiting(loaded, i.noticeId);
    const issuer = loaded.case.notices.find((n) => n.id === notice.id)?.issuerUnitId;
    if (!(issuer && maySign(loaded.case, party, issuer))) throw new DoorstepError("forbidden");
    const of = moduleOf(previousOf(shelterFor(k, loaded.case), notice));
    const reason = shelterOf(k.keys, loaded.case).protect(places.notice(notice.id, "sentBack"), i.reason);
    return {
      result: acted(loaded.case),
      facts: { ...heard(of), notice: notice.id },
      heard: heard(of),
      rows: { notice_patch: [{ ...notice, sent_back_reason: reason }] },
    };
  },
};

export interface TakenBack {
  readonly pluginId: string;
  readonly template: string;
  readonly reason: string;
}

/** What its module has written is not to go out any more: nobody signs it, and whoever signs reads why. */
export const takeBackModuleLetter: Command<TakenBack, Acted> = {
  act: side(
    "takeBackModuleLetter",
    "moduleLetter.sentBack",
    [...moduleParts, { role: "system", at: "anywhere" }],
    [openToModules],
  ),
  decide(k, loaded, _s, i) {
    const notice = draftBefore(k, loaded, i);
    if (!notice || notice.sent_back_reason != null) throw new DoorstepError("notice.notFound");
    const reason = shelterOf(k.keys, loaded.case).protect(places.notice(notice.id, "sentBack"), i.reason);
    const of = { module: i.pluginId, code: i.template };
    return {
      result: acted(loaded.case),
      facts: { ...of, notice: notice.id },
      heard: of,
      rows: { notice_patch: [{ ...notice, sent_back_reason: reason }] },
    };
  },
};

export const isModuleLetter = (c: Pick<LoadedCase, "notices">, noticeId: string): boolean =>
  c.notices.some((n) => n.id === noticeId && n.code === MODULE_LETTER);

/** Whether a letter of a module waits for this very signer. */
export const letterWaits = (c: LoadedCase, party: ActingParty): boolean =>
  c.notices.some((n) => n.code === MODULE_LETTER && n.state === "draft" && maySign(c, party, n.issuerUnitId));
