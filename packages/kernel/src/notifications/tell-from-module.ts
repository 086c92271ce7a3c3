import { DoorstepError, type Role, type Text } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertMaySee } from "../cases/read-case.ts";
import type { Kernel } from "../kernel.ts";
import { notify, type Tell } from "./notify.ts";
import { roleHolders } from "./role-holders.ts";

/** In whose name a module tells: somebody who uses it, or the module itself at a unit, as in its repeated work. */
export type Teller = { readonly actor: Actor } | { readonly unitId: string };

export interface ModuleNews {
  readonly pluginId: string;
  /** `null`: about the unit's work, and no petition */
  readonly caseId: string | null;
  readonly unitId: string;
  readonly to: "handler" | readonly Role[] | { readonly people: readonly string[] };
  /** the same key tells the same person once */
  readonly key: string;
  /** made of the module's own words, numbers and dates */
  readonly text: Text;
}

interface Facts {
  readonly confidentiality: number;
  readonly handlerId: string | null;
  readonly holderId: string;
  readonly path: readonly string[];
}

async function caseOf(k: Kernel, by: Teller, caseId: string): Promise<Facts> {
  if ("actor" in by) await assertMaySee(k, by.actor, caseId);
  const { rows } = await k.pool.query<Facts>(
    `select c.confidentiality, c.handler_id as "handlerId", u.id as "holderId", u.path
       from kernel.cases c join kernel.units u on u.id = kernel.heir(c.holder_unit_id) where c.id = $1`,
    [caseId],
  );
  const [found] = rows;
  if (!found || ("unitId" in by && !found.path.includes(by.unitId))) throw new DoorstepError("case.notFound");
  if (found.confidentiality === 3) throw new DoorstepError("module.sealed");
  return found;
}

/** The nearest holders of a role who may be told; nobody near: those above. */
async function tellRoles(k: Kernel, unitId: string, roles: readonly Role[], tell: Tell): Promise<number> {
  for (const people of await roleHolders(k, unitId, roles)) {
    const told = await notify(k, people, tell);
    if (told.length > 0) return told.length;
  }
  return 0;
}

/**
 * News of a module, in the portal of those who have the petition, or a role at the unit. Each passes the one predicate.
 *
 * @returns how many may be told and now are
 * @throws DoorstepError `case.notFound`, `module.sealed`
 */
export async function tellFromModule(k: Kernel, by: Teller, news: ModuleNews): Promise<number> {
  const { caseId, pluginId, text, to } = news;
  const facts = caseId === null ? null : await caseOf(k, by, caseId);
  const tell: Tell = {
    kind: "module",
    caseId,
    key: `${pluginId}:${news.key}`,
    params: { module: pluginId, zh: text["zh-CN"], en: text.en },
  };
  const unitId = facts?.holderId ?? news.unitId;
  if (typeof to === "object" && "people" in to) return (await notify(k, to.people, tell)).length;
  if (to !== "handler") return await tellRoles(k, unitId, to, tell);
  const told = facts?.handlerId ? await notify(k, [facts.handlerId], tell) : [];
  return told.length > 0 ? told.length : await tellRoles(k, unitId, ["officer"], tell);
}
