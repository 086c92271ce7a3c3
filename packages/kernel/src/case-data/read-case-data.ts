import type { ModuleFacts, Text } from "@doorstep/contracts";
import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { recordRead } from "../cases/read-case.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { readsByAccess } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { coverFor, isInCircle } from "../redaction/circle.ts";
import { covered } from "../redaction/cover.ts";
import { assertInReach, type InName } from "./open-to-module.ts";

interface Row {
  readonly id: string;
  readonly plugin_id: string;
  readonly title_zh: string;
  readonly title_en: string;
  readonly labels: Readonly<Record<string, Text>>;
  readonly data: string;
  readonly at: Date;
}

interface Kept {
  readonly confidentiality: number;
  readonly rows: readonly (Omit<Row, "data"> & { readonly data: Readonly<Record<string, unknown>> })[];
}

/** What modules keep at a case, as whoever asks may read it. @throws DoorstepError `case.notFound` */
async function kept(k: Kernel, name: InName, caseId: string, pluginId: string | null): Promise<Kept> {
  await assertInReach(k, name, caseId);
  const [loaded, { rows }] = await Promise.all([
    loadCase(k.pool, caseId, "", ""),
    k.pool.query<Row>(
      `select id, plugin_id, title_zh, title_en, labels, data, at from kernel.case_data
        where case_id = $1 and ($2::text is null or plugin_id = $2) and data <> '' order by title_zh, plugin_id`,
      [caseId, pluginId],
    ),
  ]);
  if (!loaded) throw new DoorstepError("case.notFound");
  const c = loaded.case;
  const actor = name.by;
  // by itself a module reads back what it wrote, at the holder or above
  const cover = actor === null || isInCircle(actor, loaded) ? (text: string) => text : coverFor(k, c);
  if (actor && rows.length > 0)
    await recordRead(k, actor, c, readsByAccess({ kind: "person", actor }, c, loaded.audience));
  const { reveal } = shelterOf(k.keys, c);
  return {
    confidentiality: c.confidentiality,
    rows: rows.map((row) => ({
      ...row,
      data: covered(JSON.parse(reveal(places.caseData(row.id), row.data)), cover),
    })),
  };
}

/**
 * What one module keeps at a petition; `null` for nothing, and for an accusation, of which no module reads anything.
 *
 * @throws DoorstepError `case.notFound`: no such case, or not for him
 */
export async function readCaseData(k: Kernel, name: InName, caseId: string, pluginId: string): Promise<unknown> {
  const { confidentiality, rows } = await kept(k, name, caseId, pluginId);
  return confidentiality === 3 ? null : (rows[0]?.data ?? null);
}

const said = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** All of it for the desk: plain facts, whether the modules are on, off or gone. */
export async function readModuleFacts(k: Kernel, actor: Actor, caseId: string): Promise<ModuleFacts> {
  const { rows } = await kept(k, { by: actor, unitId: actor.unitId }, caseId, null);
  return rows.map((row) => ({
    pluginId: row.plugin_id,
    title: { "zh-CN": row.title_zh, en: row.title_en },
    at: row.at.toISOString(),
    facts: Object.entries(row.data)
      .filter(([, value]) => value !== null && value !== "")
      .map(([key, value]) => ({ label: row.labels[key] ?? { "zh-CN": key, en: key }, value: said(value) })),
  }));
}
