import { type Acted, type ConsentAnswer, DoorstepError, type EventType, type Text } from "@doorstep/contracts";
import { moduleParts } from "../case-data/module-parts.ts";
import { acted, personOf } from "../cases/acted.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { mayBeMediated, openToModules } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { side } from "../tasks/task-acts.ts";

/** What a module asks of the petitioner. */
export interface AskedConsent {
  readonly pluginId: string;
  readonly title: Text;
  readonly code: string;
  readonly words: Text;
  /** It is the consent to a mediation: what is never mediated is not asked for. */
  readonly toMediation?: boolean;
}

export interface ConsentRow {
  readonly id: string;
  readonly plugin_id: string;
  readonly code: string;
  readonly title_zh: string;
  readonly title_en: string;
  readonly words: string;
  readonly state: "asked" | "given" | "refused" | "withdrawn" | "dropped";
  readonly asked_at: Date;
  readonly answered_at: Date | null;
}

export const CONSENT_COLUMNS = "id, plugin_id, code, title_zh, title_en, words, state, asked_at, answered_at";

const inModulesName: SideAct["who"] = [...moduleParts, { role: "system", at: "anywhere" }];
const heard = (row: Pick<ConsentRow, "plugin_id" | "code">) => ({ module: row.plugin_id, code: row.code });

/** The one of a code that is asked or given. */
const standing = async (k: Kernel, c: LoadedCase, pluginId: string, code: string): Promise<ConsentRow | undefined> => {
  const { rows } = await k.pool.query<ConsentRow>(
    `select ${CONSENT_COLUMNS} from kernel.consents
      where case_id = $1 and plugin_id = $2 and code = $3 and state in ('asked', 'given')`,
    [c.id, pluginId, code],
  );
  return rows[0];
};

/** Asks the petitioner; what is asked or given already is not asked again. */
export const askConsent: Command<AskedConsent, { readonly consentId: string }> = {
  act: side("askConsent", "consent.asked", inModulesName, [openToModules]),
  prepare: (k, c, i) => standing(k, c, i.pluginId, i.code),
  checks: (c, s, i, _party, prepared) => [
    ...(prepared === undefined ? [] : [{ code: "consent.stands" }]),
    ...(i.toMediation ? [mayBeMediated.check(c, s) ?? []].flat() : []),
  ],
  decide(k, loaded, s, i, party) {
    const id = k.newId();
    const c = loaded.case;
    const row = {
      ...{ id, case_id: c.id, plugin_id: i.pluginId, code: i.code, state: "asked" },
      ...{ title_zh: i.title["zh-CN"], title_en: i.title.en },
      words: shelterOf(k.keys, c).protect(places.consent(id), JSON.stringify(i.words)),
      ...{ asked_by: personOf(party), asked_at: s.now.toISOString() },
    };
    return {
      result: { consentId: id },
      facts: { ...heard(row), consent: id },
      heard: heard(row),
      rows: { consents: [row] },
    };
  },
};

/** The module asks no more, or needs it no more. */
export const dropConsent: Command<{ readonly pluginId: string; readonly code: string }, Acted> = {
  act: side("dropConsent", "consent.dropped", inModulesName, [openToModules]),
  prepare: (k, c, i) => standing(k, c, i.pluginId, i.code),
  checks: (_c, _s, _i, _party, prepared) => (prepared === undefined ? [{ code: "consent.notAsked" }] : []),
  decide(_k, loaded, s, _i, _party, prepared) {
    const row = prepared as ConsentRow;
    const answered_at = row.answered_at?.toISOString() ?? s.now.toISOString();
    return {
      result: acted(loaded.case),
      facts: { ...heard(row), consent: row.id },
      heard: heard(row),
      rows: { consent_patch: [{ id: row.id, state: "dropped", answered_at }] },
    };
  },
};

const answers: Readonly<Record<ConsentAnswer, { readonly from: ConsentRow["state"]; readonly entry: EventType }>> = {
  given: { from: "asked", entry: "consent.given" },
  refused: { from: "asked", entry: "consent.refused" },
  // a yes binds nobody who does not want it any more
  withdrawn: { from: "given", entry: "consent.withdrawn" },
};

/** The petitioner's own answer: nobody gives it in his place, in any state of the case. */
export const answerConsent = (answer: ConsentAnswer): Command<{ readonly consentId: string }, Acted> => ({
  act: side(`consent.${answer}`, answers[answer].entry, [{ role: "petitioner", at: "case" }], []),
  async prepare(k, c, i) {
    const { rows } = await k.pool.query<ConsentRow>(
      `select ${CONSENT_COLUMNS} from kernel.consents where id = $1 and case_id = $2`,
      [i.consentId, c.id],
    );
    if (!rows[0]) throw new DoorstepError("consent.notAsked");
    return rows[0];
  },
  checks: (_c, _s, _i, _party, prepared) =>
    (prepared as ConsentRow).state === answers[answer].from ? [] : [{ code: "consent.answered" }],
  decide(_k, loaded, s, _i, _party, prepared) {
    const row = prepared as ConsentRow;
    const at = s.now.toISOString();
    return {
      result: acted(loaded.case),
      facts: { ...heard(row), consent: row.id },
      heard: heard(row),
      patch: { petitionerWroteAt: at },
      rows: { consent_patch: [{ id: row.id, state: answer, answered_at: at }] },
    };
  },
});
