import { hash } from "node:crypto";
import type { SystemScope } from "@doorstep/contracts";
import type { TestKernel, TestUnit } from "@doorstep/kernel/testing";

/** Connects a system at a unit, as two administrators do. @returns its token */
export async function connectSystem(
  { kernel, database, units, person }: TestKernel,
  unit: TestUnit,
  scopes: readonly SystemScope[] = ["modules.call"],
): Promise<string> {
  const system = kernel.newId();
  const token = `dst_${system}`;
  const { personId } = await person(`connects ${system}`, "brigade", []);
  await database.pool.query(
    `with system as (insert into kernel.systems (id, name, why, unit_id, scopes, added_by, added_at, confirmed_at)
       values ($1, $2, 'test', $3, $4, $5, $6, $6) returning id)
     insert into kernel.system_tokens (id, system_id, hash, made_by, made_at, until)
       select $7, id, $8, $5, $6, $6::date + 300 from system`,
    [system, `system ${system}`, units[unit], scopes, personId, kernel.now(), kernel.newId(), hash("sha256", token)],
  );
  return token;
}
