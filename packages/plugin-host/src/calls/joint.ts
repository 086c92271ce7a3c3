import { DoorstepError, fileInput, petitionerIdentity } from "@doorstep/contracts";
import { fileJoint, signedIn, signerCodeOf } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";
import { z } from "zod";
import type { Grantor } from "./capabilities.ts";

const MOST = 300;
const secret = z.string().min(32).max(80);
const identity = petitionerIdentity.shape;
const coSigners = z
  .array(
    z.object({
      secret,
      name: identity.name,
      kind: identity.kind,
      contact: identity.contact,
      accountId: z.uuid().optional(),
      represents: z.boolean(),
    }),
  )
  .min(1)
  .max(MOST)
  .refine((all) => new Set(all.map((one) => one.secret)).size === all.length);

/** Secrets of one plugin give no codes of another. */
const ownSecret = (pluginId: string, given: string): string => `${pluginId}:${given}`;

/** Takes over who signed, and can never read it back. */
export const intakeJoint = ({ pluginId, request, unit }: Grantor): CapabilityApi["intake.joint"] => ({
  intake: {
    signerCode: async (given) => {
      const parsed = secret.safeParse(given);
      if (!parsed.success) throw new DoorstepError("input.invalid");
      return signerCodeOf(request.kernel, ownSecret(pluginId, parsed.data));
    },
    fileJoint: async ({ coSigners: given, ...input }) => {
      if (!input.channel.startsWith(`${pluginId}/`)) throw new DoorstepError("intake.channelClosed");
      const by = signedIn(request);
      const parsed = fileInput.safeParse({ ...input, via: "online", unitId: unit.id });
      const signers = coSigners.safeParse(given);
      if (!parsed.success || !signers.success) throw new DoorstepError("input.invalid");
      const all = signers.data.map((one) => ({ ...one, secret: ownSecret(pluginId, one.secret) }));
      const { caseId: _caseId, ...filed } = await fileJoint(request.kernel, by, parsed.data, all);
      return filed;
    },
  },
});
