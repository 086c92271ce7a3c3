import type { CaseEvent } from "@doorstep/sdk/server";

/** What goes out: a CloudEvents 1.0 envelope with ids and codes. */
export function cloudEvent({ id, type, at, caseId, ...facts }: CaseEvent, unitCode: string): string {
  return JSON.stringify({
    specversion: "1.0",
    id,
    source: `urn:doorstep:unit:${encodeURIComponent(unitCode)}`,
    type: `doorstep.${type}`,
    subject: caseId,
    time: at,
    datacontenttype: "application/json",
    data: facts,
  });
}
