import { DoorstepError, type Text } from "@doorstep/contracts";
import { signedIn, type Teller, tellFromModule } from "@doorstep/kernel";
import type { NewsInput } from "@doorstep/sdk";
import { z } from "zod";
import { unitsById } from "../choices/unit-rows.ts";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";

const PEOPLE = 20;
const PLAIN = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/;

/** Numbers, dates and instants: nothing in which a name or somebody's words could stand. */
const isPlain = (value: unknown): value is string | number =>
  typeof value === "number" ? Number.isFinite(value) : typeof value === "string" && PLAIN.test(value);

function sentence(template: string, params: Readonly<Record<string, unknown>>, unitName: string): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => {
    // a number of that name, as 1.0 knew it, goes first
    if (name === "unit" && !Object.hasOwn(params, name)) return unitName;
    const value = params[name];
    if (!isPlain(value)) throw new Error(`${name} of a notice is no number and no date`);
    return String(value);
  });
}

/** The unit that the news is about. One that has been moved elsewhere is named all the same: where units are is no secret. */
async function unitAbout({ unit, request }: Grantor, about: string | undefined): Promise<Grantor["unit"]> {
  if (about === undefined || about === unit.id) return unit;
  const isId = z.uuid().safeParse(about).success;
  const found = isId ? (await unitsById(request.kernel.pool, [about])).get(about) : undefined;
  if (!found) throw new DoorstepError("input.invalid");
  return found;
}

/** Tells people of a module's news, in the sentences of its definition. */
export function notifyOf(grantor: Grantor) {
  const { pluginId, plugin, request, unit } = grantor;
  return {
    notify: {
      tell: async (input: NewsInput<string>): Promise<number> => {
        const news = plugin.manifest.news ?? {};
        const template: Text | undefined = Object.hasOwn(news, input.news) ? news[input.news] : undefined;
        if (!template) throw new Error(`${pluginId} has declared no news ${input.news}`);
        if (typeof input.to === "object" && "people" in input.to && input.to.people.length > PEOPLE)
          throw new DoorstepError("input.invalid");
        const params = input.params ?? {};
        const about = await unitAbout(grantor, input.about);
        const by: Teller = isHostRequest(request) ? { unitId: unit.id } : { actor: signedIn(request) };
        return await tellFromModule(request.kernel, by, {
          pluginId,
          caseId: input.caseId ?? null,
          unitId: unit.id,
          to: input.to,
          key: input.key,
          text: {
            "zh-CN": sentence(template["zh-CN"], params, about.name["zh-CN"]),
            en: sentence(template.en, params, about.name.en),
          },
        });
      },
    },
  };
}
