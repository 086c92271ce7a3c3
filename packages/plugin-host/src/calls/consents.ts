import { DoorstepError } from "@doorstep/contracts";
import { askForConsent, consentsOfModule, dropConsentOf, signedIn } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";
import { z } from "zod";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";
import { orNull } from "./refused.ts";

const words = z.string().trim().min(1).max(2_000);
const question = z.object({ code: z.string().min(1).max(60), words: z.object({ "zh-CN": words, en: words }) });

/** What one plugin asks of petitioners, by the rights of whoever asks, or of the unit in its repeated work. */
export function consentsFor({ pluginId, plugin, request, unit }: Grantor): CapabilityApi["consents"] {
  const { kernel } = request;
  const name = () => ({ by: isHostRequest(request) ? null : signedIn(request), unitId: unit.id });
  return {
    consents: {
      ask: async (caseId, asked) => {
        const parsed = question.safeParse(asked);
        if (!parsed.success) throw new DoorstepError("input.invalid");
        const { title, contributions } = plugin.manifest;
        const key = `${pluginId}/${parsed.data.code}`;
        const toMediation = contributions.some((one) => one.key === key && one.procedure?.runs === "mediation");
        await askForConsent(kernel, name(), caseId, { pluginId, title, toMediation, ...parsed.data });
      },
      drop: async (caseId, code) => await dropConsentOf(kernel, name(), caseId, { pluginId, code }),
      list: async (caseId) => (await orNull(consentsOfModule(kernel, name(), caseId, pluginId))) ?? [],
    },
  };
}
