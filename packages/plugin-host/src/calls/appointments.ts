import { DoorstepError } from "@doorstep/contracts";
import { book, calendarOf, cancel, meetingsOf, signedIn } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";
import { z } from "zod";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";
import { orNull } from "./refused.ts";

const input = z.object({
  caseId: z.uuid().nullable().default(null),
  place: z.string().trim().min(1).max(200),
  room: z.string().trim().min(1).max(80).nullable().default(null),
  people: z.array(z.uuid()).min(1).max(20),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  key: z.string().min(1).max(100),
});

/** Meetings of one plugin, by the rights of whoever asks, or of the unit in its repeated work. */
export const appointmentsOf = ({ pluginId, plugin, request, unit }: Grantor): CapabilityApi["appointments"] => {
  const { kernel } = request;
  return {
    appointments: {
      book: async (asked) => {
        const parsed = input.safeParse(asked);
        if (!parsed.success) throw new DoorstepError("input.invalid");
        const { caseId, key, ...what } = parsed.data;
        const by = isHostRequest(request) ? null : signedIn(request);
        const { title } = plugin.manifest;
        return await book(kernel, { by, unitId: unit.id, caseId, key }, { pluginId, title, ...what });
      },
      list: async (caseId) => {
        const of = { pluginId, caseId: caseId ?? null, unitId: unit.id };
        return (await orNull(meetingsOf(kernel, signedIn(request), of))) ?? [];
      },
      cancel: (appointmentId) => {
        const by = isHostRequest(request) ? null : signedIn(request);
        return cancel(kernel, { by, unitId: unit.id }, pluginId, appointmentId);
      },
      calendar: (appointmentId) => calendarOf(kernel, signedIn(request), pluginId, appointmentId),
    },
  };
};
