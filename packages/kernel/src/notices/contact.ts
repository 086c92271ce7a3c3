import type { Text } from "@doorstep/contracts";
import type { UnitFacts } from "../pipeline/unit-facts.ts";

export interface Contact {
  readonly office: Text;
  readonly phone?: string;
  readonly address?: string;
}

/** Whom to ask about a letter: the unit's petition office, else the nearest one above, else the unit itself by name. */
export function contactOf(lineage: readonly UnitFacts[]): Contact {
  const office = lineage.map((u) => u.petitionOffice).find((o) => o !== null);
  const [unit] = lineage;
  const name: Text = office?.name ?? unit?.name ?? { "zh-CN": "信访部门", en: "Petition office" };
  if (!office || (!office.phone && !office.address))
    return { office: name, address: unit?.name["zh-CN"] ?? name["zh-CN"] };
  return {
    office: name,
    ...(office.phone && { phone: office.phone }),
    ...(office.address && { address: office.address }),
  };
}

/** Where retaliation can be reported: the nearest discipline organ, else the petition office [SPEC §12.4]. */
export function hotlineOf(lineage: readonly UnitFacts[]): string {
  const organ = lineage.map((u) => u.disciplineOrgan).find((o) => o !== null && (o.phone || o.address));
  const office = organ ?? lineage.map((u) => u.petitionOffice).find((o) => o !== null && (o.phone || o.address));
  if (!office) return lineage.at(-1)?.name["zh-CN"] ?? "—";
  return [office.name["zh-CN"], office.phone || office.address].filter(Boolean).join(" ");
}
