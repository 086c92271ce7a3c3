import { DoorstepError } from "@doorstep/contracts";
import { draftLetterOf, lettersOfModule, signedIn, takeBackLetterOf } from "@doorstep/kernel";
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
      takeBack: (caseId, template, reason) => {
        if (reason.trim().length < 2 || reason.length > 500) throw new DoorstepError("input.invalid");
        return takeBackLetterOf(kernel, name(), caseId, { pluginId, template, reason });
      },
      list: async (caseId) => (await orNull(lettersOfModule(kernel, name(), caseId, pluginId))) ?? [],
    },
  };
}
