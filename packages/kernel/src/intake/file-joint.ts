import { DoorstepError, type FileInput, type FileResult } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { ledgerActorOf } from "../change.ts";
import { countArrival } from "../flood/filing-load.ts";
import type { Kernel } from "../kernel.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import type { CoSigner } from "./co-signers.ts";
import { destinationOf, type Filing, fileCase } from "./file-case.ts";

/**
 * A petition of several persons, filed by one of them who is signed in and is its petitioner. Accusations are made alone:
 * nobody but their organ may know who stands behind one.
 *
 * @throws DoorstepError `module.sealed`, `intake.identityMissing`, `unit.notFound`, `intake.channelClosed`, `intake.representatives`, and those of
 * `fileCase`
 */
export async function fileJoint(
  k: Kernel,
  by: Actor,
  { channel: channelKey, work: _work, ...input }: FileInput,
  coSigners: readonly CoSigner[],
): Promise<FileResult & { readonly caseId: string }> {
  if (input.purpose === "accuse") throw new DoorstepError("module.sealed");
  if (input.anonymity === "anonymous") throw new DoorstepError("intake.identityMissing");
  const lineage = await unitAndAncestors(k.pool, input.unitId);
  const [unit] = lineage;
  if (!unit) throw new DoorstepError("unit.notFound");
  const channel = await k.channels.at(unit.id, channelKey);
  if (!channel) throw new DoorstepError("intake.channelClosed");
  const filing: Filing = {
    ...input,
    channelKey,
    channelLabel: channel.label,
    headcount: coSigners.length + 1,
    coSigners,
  };
  const result = await fileCase(k, filing, { actor: ledgerActorOf(by), petitionerId: by.personId });
  await countArrival(k, destinationOf(lineage, filing).lineage[0]?.id ?? unit.id, Buffer.byteLength(input.body));
  return result;
}
