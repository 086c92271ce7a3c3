import { DoorstepError, type FileInput, type FileResult } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { ledgerActorOf } from "../change.ts";
import { passFence } from "../flood/fence.ts";
import { countArrival } from "../flood/filing-load.ts";
import type { Kernel } from "../kernel.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import { destinationOf, type Filing, fileCase } from "./file-case.ts";

/**
 * A petition of whoever files it: with a name and signed in it is his; else only the code opens it.
 *
 * @throws DoorstepError `unit.notFound`, `intake.channelClosed`, `intake.workNeeded`, and those of `fileCase`
 */
export async function fileOwn(
  k: Kernel,
  by: Actor | undefined,
  input: FileInput,
): Promise<FileResult & { readonly caseId: string }> {
  const lineage = await unitAndAncestors(k.pool, input.unitId);
  const [unit] = lineage;
  if (!unit) throw new DoorstepError("unit.notFound");
  const channel = await k.channels.at(unit.id, input.channel);
  if (!channel || (input.anonymity === "anonymous" && !channel.anonymousAllowed))
    throw new DoorstepError("intake.channelClosed");
  const { channel: channelKey, work: _work, ...rest } = input;
  const filing: Filing = { ...rest, channelKey, channelLabel: channel.label };
  const system = by?.isSystem ? ledgerActorOf(by) : null;
  const petitionerId = system || input.anonymity === "anonymous" ? null : (by?.personId ?? null);
  const takenInBy = destinationOf(lineage, filing).lineage[0]?.id ?? unit.id;
  // whoever signed in answers for what he sends: no fence; a connected system has its own limit
  const quarantined = petitionerId === null && !system && (await passFence(k, takenInBy, input));
  const result = await fileCase(k, filing, {
    actor: system ?? (petitionerId ? `person:${petitionerId}` : "anonymous"),
    petitionerId,
    quarantined,
  });
  await countArrival(k, takenInBy, Buffer.byteLength(input.body));
  return result;
}
