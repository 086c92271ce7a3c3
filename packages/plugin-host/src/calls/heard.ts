import type { RequestContext } from "@doorstep/kernel";
import { isHostRequest } from "./host-request.ts";

/** Those of some petitions that a plugin may hear of, told where nobody asks: from events and jobs. */
export async function heard(request: RequestContext, caseIds: readonly string[]): Promise<readonly string[]> {
  if (!isHostRequest(request)) return [];
  const { rows } = await request.kernel.pool.query<{ id: string }>({
    name: "plugin_heard",
    text: "select id from kernel.cases where id = any($1::uuid[]) and confidentiality < 3",
    values: [[...caseIds]],
  });
  return rows.map((one) => one.id);
}
