import { states, type Text } from "@doorstep/contracts";
import { acted, personOf } from "../cases/acted.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { openToModules } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { type Command, execute, type SideAct } from "../pipeline/execute.ts";
import { moduleParts } from "./module-parts.ts";
import { assertInReach, type InName, partyOf } from "./open-to-module.ts";

/** What a module keeps at a petition, with the names of its fields. */
export interface KeptData {
  readonly pluginId: string;
  readonly title: Text;
  readonly labels: Readonly<Record<string, Text>>;
  readonly data: Readonly<Record<string, unknown>>;
}

const keep: SideAct = {
  act: "keepData",
  from: states,
  to: "same",
  who: [...moduleParts, { role: "system", at: "anywhere" }],
  guards: [openToModules],
  clocks: [],
  entry: "case.dataKept",
};

interface Before {
  readonly id: string;
  readonly data: string;
}

const before = async (k: Kernel, c: LoadedCase, i: KeptData): Promise<Before | undefined> => {
  const { rows } = await k.pool.query<Before>(
    "select id, data from kernel.case_data where case_id = $1 and plugin_id = $2",
    [c.id, i.pluginId],
  );
  return rows[0];
};

const keepData: Command<KeptData, unknown> = {
  act: keep,
  prepare: before,
  decide(k, loaded, s, i, party, prepared) {
    const known = prepared as Before | undefined;
    const id = known?.id ?? k.newId();
    const row = {
      id,
      case_id: loaded.case.id,
      plugin_id: i.pluginId,
      title_zh: i.title["zh-CN"],
      title_en: i.title.en,
      labels: i.labels,
      data: shelterOf(k.keys, loaded.case).protect(places.caseData(id), JSON.stringify(i.data)),
      at: s.now.toISOString(),
      by_person: personOf(party),
    };
    return {
      result: acted(loaded.case),
      facts: { module: i.pluginId, data: id, fields: Object.keys(i.data).length },
      rows: known ? { case_data_patch: [row] } : { case_data: [row] },
    };
  },
};

/**
 * Keeps a module's own fields at a petition, in the place of those before; a line in the ledger says that it did.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`; `act.refused` for what lies sealed with its organ
 */
export async function keepCaseData(k: Kernel, name: InName, caseId: string, kept: KeptData): Promise<void> {
  await assertInReach(k, name, caseId);
  await execute(k, keepData, { caseId, key: k.newId(), party: partyOf(name) }, kept);
}
