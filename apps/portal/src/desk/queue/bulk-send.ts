import type { QueueItem } from "@doorstep/contracts";
import { kernelClient } from "../../shell/rpc.ts";
import { answersToSend } from "../acts/reply-values.ts";
import type { BulkAct } from "./bulk.ts";
import { type BulkTyped, factsFor } from "./bulk-typed.ts";

/** A draft of its own for each case, which somebody approves for itself: every demand gets the common answer. */
async function reply(
  on: { readonly caseId: string; readonly version: number; readonly key: string },
  typed: BulkTyped,
) {
  if (typed.kind === "") throw new Error("the form asks for the kind of reply");
  const { demands } = await kernelClient.cases.get.query({ caseId: on.caseId });
  const answer = { ...typed.answer, facts: factsFor(typed, on.caseId) };
  return kernelClient.cases.reply.mutate({
    ...on,
    kind: typed.kind,
    demands: answersToSend(Object.fromEntries(demands.map((demand) => [demand.id, answer]))),
    summary: typed.summary,
  });
}

/** One of the chosen cases, by its own command. */
export function sendFor(act: BulkAct, item: QueueItem, typed: BulkTyped, key: string): Promise<unknown> {
  const on = { caseId: item.caseId, version: item.version, key };
  const send: Readonly<Record<BulkAct, () => Promise<unknown>>> = {
    transfer: () =>
      kernelClient.cases.route.mutate({
        ...on,
        kind: "transfer",
        toUnitId: typed.unit?.id ?? "",
        reason: typed.reason,
      }),
    assign: () =>
      kernelClient.cases.assign.mutate({ ...on, handlerId: typed.handlerId, plan: typed.plan, heardOn: null }),
    reply: () => reply(on, typed),
    finalise: () => kernelClient.cases.finalise.mutate(on),
    archive: () => kernelClient.cases.archive.mutate(on),
  };
  return send[act]();
}
