import { DoorstepError, localDate, text as words } from "@doorstep/contracts";
import { signedIn, takeDownWords, writeForUnit } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";
import { z } from "zod";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";
import { attached } from "./identity.ts";
import { orNull, unwrapped } from "./refused.ts";

const message = words(10_000);

/** The conversation of a petition, by the rights of whoever asks; in repeated work it is written to in the name of the unit. */
export const threadOf = (grantor: Grantor): CapabilityApi["thread"] => {
  const { calls, kernel, request, unit } = grantor;
  return {
    thread: {
      attach: (given) => attached(grantor, given),
      list: async (caseId) => {
        const found = await orNull(unwrapped(calls.cases.get({ caseId })));
        if (!found || found.confidentiality === 3) return null;
        return found.thread.map((one) => ({
          id: one.id,
          at: one.at,
          from: one.from,
          to: one.visibility === "petitioner" ? "petitioner" : "inside",
          text: one.text,
          files: one.files.length,
        }));
      },
      write: async (caseId, { text, to, fileIds = [] }) => {
        if (isHostRequest(request)) {
          const parsed = message.safeParse(text);
          if (!parsed.success || fileIds.length > 0) throw new DoorstepError("input.invalid");
          const visibility = to === "petitioner" ? to : "internal";
          return await writeForUnit(request.kernel, unit.id, caseId, { text: parsed.data, visibility });
        }
        const { confidentiality, version } = await unwrapped(calls.cases.get({ caseId }));
        if (confidentiality === 3) throw new DoorstepError("module.sealed");
        const visibility = to === "petitioner" ? to : "internal";
        await unwrapped(
          calls.cases.note({ caseId, version, key: kernel.newId(), text, visibility, fileIds: [...fileIds] }),
        );
      },
    },
  };
};

const petitionersWords = z.object({
  text: message,
  channel: z.string().max(100),
  receivedOn: localDate,
  fileIds: z.array(z.uuid()).max(20).default([]),
  key: z.string().min(1).max(100),
});

/** His own later words, by the hand of somebody who may register them. */
export const petitionersWordsOf = ({ pluginId, request, unit }: Grantor): CapabilityApi["thread.petitioner"] => ({
  thread: {
    fromPetitioner: async (caseId, given) => {
      const by = signedIn(request);
      const parsed = petitionersWords.safeParse(given);
      if (!parsed.success || !z.uuid().safeParse(caseId).success) throw new DoorstepError("input.invalid");
      const { key, ...rest } = parsed.data;
      if (!rest.channel.startsWith(`${pluginId}/`)) throw new DoorstepError("intake.channelClosed");
      await takeDownWords(request.kernel, by, caseId, {
        ...rest,
        unitId: unit.id,
        key: `${pluginId}:${caseId}:${key}`,
      });
    },
  },
});
