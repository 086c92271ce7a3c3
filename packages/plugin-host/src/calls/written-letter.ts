import { DoorstepError, moduleLetterTexts } from "@doorstep/contracts";
import type { TemplateSpec } from "@doorstep/sdk/server";
import type { Grantor } from "./capabilities.ts";

/** A letter as a template of the plugin's own writes it. @throws DoorstepError `input.invalid` for data that do not fit */
export async function writtenBy(
  { pluginId, plugin }: Pick<Grantor, "pluginId" | "plugin">,
  template: string,
  data: Readonly<Record<string, unknown>>,
) {
  const templates: Readonly<Record<string, TemplateSpec>> = plugin.server?.part.templates ?? {};
  const spec = Object.hasOwn(templates, template) ? templates[template] : undefined;
  if (!spec) throw new Error(`${pluginId} has no template ${template}`);
  const parsed = spec.data.safeParse(data);
  if (!parsed.success) throw new DoorstepError("input.invalid");
  const letter = moduleLetterTexts.safeParse(await spec.render(parsed.data));
  if (!letter.success) {
    const where = letter.error.issues.map((issue) => `${issue.path.join(".")} ${issue.code}`);
    throw new Error(`${template} of ${pluginId} gives no letter: ${where.join(", ")}`);
  }
  return { pluginId, template, title: spec.title, letter: letter.data };
}
