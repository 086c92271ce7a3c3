import { DoorstepError, fileInput } from "@doorstep/contracts";
import { assertOpenToModule, fileForPetitioner, signedIn } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";
import { unwrapped } from "./refused.ts";

/** Hands over who wrote, and can never read it back. */
export const intakeIdentity = ({ pluginId, request, unit }: Grantor): CapabilityApi["intake.identity"] => ({
  intake: {
    fileFor: async (input) => {
      if (!input.channel.startsWith(`${pluginId}/`)) throw new DoorstepError("intake.channelClosed");
      const parsed = fileInput.safeParse({ ...input, unitId: input.unitId === undefined ? unit.id : input.unitId });
      if (!parsed.success) throw new DoorstepError("input.invalid");
      const by = isHostRequest(request) ? null : signedIn(request);
      return await fileForPetitioner(request.kernel, by, parsed.data);
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
