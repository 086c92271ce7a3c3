import { DoorstepError, moduleLetterTexts } from "@doorstep/contracts";
import { draftLetterOf, lettersOfModule, signedIn } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";
import type { TemplateSpec } from "@doorstep/sdk/server";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";
import { orNull } from "./refused.ts";

/** Letters of one plugin, by the rights of whoever asks, or of the unit in its repeated work. */
export function noticesOf({ pluginId, plugin, request, unit }: Grantor): CapabilityApi["notices"] {
  const { kernel } = request;
  const name = () => ({ by: isHostRequest(request) ? null : signedIn(request), unitId: unit.id });
  const templates: Readonly<Record<string, TemplateSpec>> = plugin.server?.part.templates ?? {};
  return {
    notices: {
      draft: async (caseId, template, data, from = "holder") => {
        const spec = Object.hasOwn(templates, template) ? templates[template] : undefined;
        if (!spec) throw new Error(`${pluginId} has no template ${template}`);
        const asked = name();
        const parsed = spec.data.safeParse(data);
        if (!parsed.success) throw new DoorstepError("input.invalid");
        const letter = moduleLetterTexts.safeParse(await spec.render(parsed.data));
        if (!letter.success) {
          const where = letter.error.issues.map((issue) => `${issue.path.join(".")} ${issue.code}`);
          throw new Error(`${template} of ${pluginId} gives no letter: ${where.join(", ")}`);
        }
        const issuerUnitId = from === "callsUnit" ? unit.id : undefined;
        const written = { pluginId, template, title: spec.title, letter: letter.data, issuerUnitId };
        return (await draftLetterOf(kernel, asked, caseId, written)).noticeId;
      },
      list: async (caseId) => (await orNull(lettersOfModule(kernel, name(), caseId, pluginId))) ?? [],
    },
  };
}
