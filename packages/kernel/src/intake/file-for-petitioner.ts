import { DoorstepError, type FileInput, type FileResult } from "@doorstep/contracts";
import { type Actor, mayAt } from "../actor.ts";
import { ledgerActorOf } from "../change.ts";
import { passFence } from "../flood/fence.ts";
import { countArrival } from "../flood/filing-load.ts";
import type { Kernel } from "../kernel.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import { destinationOf, type Filing, fileCase } from "./file-case.ts";

/** What is known of a paper or a conversation beside what it says. */
export interface TakenDownFacts {
  /** the day it arrived */
  readonly receivedOn?: string | undefined;
  /** spoken words were read back and confirmed [R22:19] */
  readonly readBack?: boolean | undefined;
}

const spoken: readonly FileInput["via"][] = ["visit", "phone"];

/**
 * A petition that the office takes down for somebody by a channel of its own: a letter, a call, a mail. Who it is goes
 * straight to the vault, and whoever takes it down is never its petitioner.
 *
 * @param by - `null`: nobody sits there, as with mail; then the fence against floods stands before it
 * @throws DoorstepError `unit.notFound`, `forbidden`, `intake.channelClosed`, `intake.readBack`, and those of `fileCase`
 */
export async function fileForPetitioner(
  k: Kernel,
  by: Actor | null,
  { receivedOn, readBack, ...input }: FileInput & TakenDownFacts,
): Promise<FileResult & { readonly caseId: string }> {
  const lineage = await unitAndAncestors(k.pool, input.unitId);
  const [unit] = lineage;
  if (!unit) throw new DoorstepError("unit.notFound");
  const path = lineage.map((one) => one.id);
  if (by && !mayAt(by, "desk.register", path)) throw new DoorstepError("forbidden");
  const channel = await k.channels.at(unit.id, input.channel);
  if (!channel) throw new DoorstepError("intake.channelClosed");
  if (by && spoken.includes(input.via) && readBack !== true) throw new DoorstepError("intake.readBack");
  const { channel: channelKey, work: _work, ...rest } = input;
  const filing: Filing = { ...rest, channelKey, channelLabel: channel.label, ...(receivedOn && { receivedOn }) };
  const takenInBy = destinationOf(lineage, filing).lineage[0]?.id ?? unit.id;
  const quarantined = !by && (await passFence(k, takenInBy, { ...input, work: "unable" }));
  const actor = by ? ledgerActorOf(by) : "system";
  const result = await fileCase(k, filing, { actor, petitionerId: null, quarantined });
  if (!by) await countArrival(k, takenInBy, Buffer.byteLength(input.body));
  return result;
}
