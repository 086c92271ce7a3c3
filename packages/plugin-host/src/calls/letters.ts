import { DoorstepError } from "@doorstep/contracts";
import { draftUnitLetter, signedIn, unitLettersOfModule, withdrawUnitLetter } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";
import { z } from "zod";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";
import { writtenBy } from "./written-letter.ts";

const MOST_AT_ONCE = 200;
const id = z.uuid();
const ids = z.array(id).max(MOST_AT_ONCE);

function checked<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new DoorstepError("input.invalid");
  return parsed.data;
}

/** Letters of one plugin from the call's unit to others, in the name of whoever asks, or of the unit in its repeated work. */
export function unitLettersFor({ pluginId, plugin, request, unit }: Grantor): CapabilityApi["letters"] {
  const { kernel } = request;
  const name = () => ({ by: isHostRequest(request) ? null : signedIn(request), unitId: unit.id });
  return {
    letters: {
      toUnit: async ({ letterId, toUnit, template, data, caseId }) => {
        const asked = name();
        const written = await writtenBy({ pluginId, plugin }, template, data);
        await draftUnitLetter(kernel, asked, {
          ...written,
          ...{ letterId: checked(id, letterId), toUnitId: checked(id, toUnit) },
          caseId: checked(id.optional(), caseId),
        });
      },
      withdraw: async (letterId) => {
        await withdrawUnitLetter(kernel, name(), { pluginId, letterId: checked(id, letterId) });
      },
      list: async (letterIds) => await unitLettersOfModule(kernel, name(), pluginId, checked(ids, letterIds)),
    },
  };
}
