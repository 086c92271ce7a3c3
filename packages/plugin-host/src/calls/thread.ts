import { DoorstepError } from "@doorstep/contracts";
import type { CapabilityApi } from "@doorstep/sdk";
import type { Grantor } from "./capabilities.ts";
import { orNull, unwrapped } from "./refused.ts";

/** The conversation of a petition, by the rights of whoever asks. */
export const threadOf = ({ calls, kernel }: Grantor): CapabilityApi["thread"] => ({
  thread: {
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
      const { confidentiality, version } = await unwrapped(calls.cases.get({ caseId }));
      if (confidentiality === 3) throw new DoorstepError("module.sealed");
      const visibility = to === "petitioner" ? to : "internal";
      await unwrapped(
        calls.cases.note({ caseId, version, key: kernel.newId(), text, visibility, fileIds: [...fileIds] }),
      );
    },
  },
});
