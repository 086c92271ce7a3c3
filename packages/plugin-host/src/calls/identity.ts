import { Readable } from "node:stream";
import { DoorstepError, fileInput, localDate } from "@doorstep/contracts";
import { assertOpenToModule, filedUnder, fileForPetitioner, fileOwn, keepFile, signedIn } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";
import { z } from "zod";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";
import { unwrapped } from "./refused.ts";

/** What is known of a paper or a conversation beside what it says. */
const facts = z.object({ receivedOn: localDate.optional(), readBack: z.boolean().optional() });
/** In the place of an address, where nobody gave one: he is answered by return code. */
const NO_CONTACT = "—";

const attachment = z.object({ name: z.string().max(200), bytes: z.instanceof(Uint8Array) });

/** Keeps what whoever asks hands over, until a petition or a message takes it along. @throws DoorstepError of `keepFile` */
export async function attached({ request, blobs }: Grantor, given: unknown): Promise<string> {
  const parsed = attachment.safeParse(given);
  if (!parsed.success) throw new DoorstepError("input.invalid");
  if (!isHostRequest(request)) signedIn(request);
  if (!blobs) throw new Error("this host keeps no attachments");
  const { name, bytes } = parsed.data;
  return (await keepFile(request.kernel, blobs, { name, content: Readable.from([bytes]) })).id;
}

/** What the plugin itself filed under a key. */
const filedBy =
  ({ pluginId, request }: Grantor): CapabilityApi["intake.own"]["intake"]["filed"] =>
  (key) =>
    filedUnder(request.kernel, pluginId, key);

/** Hands over who wrote and what came with it, and can never read back who it was. */
export const intakeIdentity = (grantor: Grantor): CapabilityApi["intake.identity"] => ({
  intake: {
    fileFor: async ({ petitioner, receivedOn, readBack, ...input }) => {
      const { pluginId, request, unit } = grantor;
      if (!input.channel.startsWith(`${pluginId}/`)) throw new DoorstepError("intake.channelClosed");
      const parsed = fileInput.safeParse({
        ...input,
        ...(petitioner && { petitioner: { ...petitioner, contact: petitioner.contact || NO_CONTACT } }),
        unitId: input.unitId === undefined ? unit.id : input.unitId,
      });
      const beside = facts.safeParse({ receivedOn, readBack });
      if (!parsed.success || !beside.success) throw new DoorstepError("input.invalid");
      const by = isHostRequest(request) ? null : signedIn(request);
      const { caseId, ...filed } = await fileForPetitioner(request.kernel, by, { ...parsed.data, ...beside.data });
      return { ...filed, caseId: parsed.data.purpose === "accuse" ? null : caseId };
    },
    attach: (given) => attached(grantor, given),
    filed: filedBy(grantor),
  },
});

/** What people write themselves on pages of a plugin: who it is goes to the vault, and is never read back. */
export const intakeOwn = (grantor: Grantor): CapabilityApi["intake.own"] => ({
  intake: {
    filed: filedBy(grantor),
    fileOwn: async (input) => {
      const { pluginId, request, unit } = grantor;
      if (!input.channel.startsWith(`${pluginId}/`)) throw new DoorstepError("intake.channelClosed");
      if (isHostRequest(request)) throw new Error(`${pluginId} files for nobody: fileOwn is for whoever asks`);
      const unitId = input.unitId === undefined ? unit.id : input.unitId;
      // as for `file`: no device of the petitioner's stands behind it that could work
      const parsed = fileInput.safeParse({ ...input, unitId, work: "unable" });
      if (!parsed.success) throw new DoorstepError("input.invalid");
      const { caseId, ...filed } = await fileOwn(request.kernel, request.actor, parsed.data);
      return { ...filed, caseId: parsed.data.purpose === "accuse" ? null : caseId };
    },
  },
});

const PURPOSE = { least: 4, most: 200 } as const;

/** Opens the vault in the name of whoever asks; the petitioner reads for which module. */
export const peopleIdentity = ({ plugin, request, calls }: Grantor): CapabilityApi["people.identity"] => ({
  people: {
    get: async (caseId, purpose) => {
      if (purpose.trim().length < PURPOSE.least || purpose.length > PURPOSE.most)
        throw new DoorstepError("input.invalid");
      const { kernel } = request;
      await assertOpenToModule(kernel, signedIn(request), caseId);
      const by = plugin.manifest.title["zh-CN"].slice(0, 60);
      const opened = await unwrapped(calls.vault.open({ caseId, key: kernel.newId(), purpose: `${by}：${purpose}` }));
      const { name, kind, contact } = opened;
      return { name, kind, ...(contact !== undefined && { contact }) };
    },
  },
});
