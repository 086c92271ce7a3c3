import { draftLetterOf, lettersOfModule, signedIn } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";
import { orNull } from "./refused.ts";
import { writtenBy } from "./written-letter.ts";

/** Letters of one plugin, by the rights of whoever asks, or of the unit in its repeated work. */
export function noticesOf({ pluginId, plugin, request, unit }: Grantor): CapabilityApi["notices"] {
  const { kernel } = request;
  const name = () => ({ by: isHostRequest(request) ? null : signedIn(request), unitId: unit.id });
  return {
    notices: {
      draft: async (caseId, template, data, from = "holder") => {
        const asked = name();
        const written = await writtenBy({ pluginId, plugin }, template, data);
        const issuerUnitId = from === "callsUnit" ? unit.id : undefined;
        return (await draftLetterOf(kernel, asked, caseId, { ...written, issuerUnitId })).noticeId;
      },
      list: async (caseId) => (await orNull(lettersOfModule(kernel, name(), caseId, pluginId))) ?? [],
    },
  };
}
