import { DoorstepError } from "@doorstep/contracts";
import { clocksOfModule, signedIn, startClockOfModule, stopClockOfModule } from "@doorstep/kernel";
import type { Clocks } from "@doorstep/sdk/server";
import { z } from "zod";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";
import { orNull } from "./refused.ts";

const options = z.object({ from: z.iso.date().nullable().default(null) }).default({ from: null });

/** Periods of one plugin, by the rights of whoever asks, or of the unit in its repeated work. */
export function clocksOf({ pluginId, plugin, request, unit }: Grantor): { readonly clocks: Clocks<string> } {
  const { kernel } = request;
  const declared = plugin.manifest.clocks ?? {};
  const name = () => ({ by: isHostRequest(request) ? null : signedIn(request), unitId: unit.id });
  return {
    clocks: {
      start: async (caseId, code, asked) => {
        const spec = Object.hasOwn(declared, code) ? declared[code] : undefined;
        if (!spec) throw new Error(`${pluginId} has declared no period ${code}`);
        const parsed = options.safeParse(asked);
        if (!parsed.success) throw new DoorstepError("input.invalid");
        const { title, why, amount, unit: counts, atEnd } = spec;
        const to = typeof atEnd.to === "string" ? atEnd.to : [...atEnd.to];
        const own = { pluginId, title: plugin.manifest.title, code, name: title };
        const clock = { ...own, why, amount, unit: counts, atEnd: { to, words: atEnd.words } };
        return await startClockOfModule(kernel, name(), { caseId, from: parsed.data.from }, clock);
      },
      stop: async (caseId, code) => await stopClockOfModule(kernel, name(), caseId, { pluginId, code }),
      list: async (caseId) => (await orNull(clocksOfModule(kernel, name(), caseId, pluginId))) ?? [],
    },
  };
}
