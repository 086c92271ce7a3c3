import { DoorstepError } from "@doorstep/contracts";
import { handToOrganOf, keepOrganRecord, organRecordsOf, organsOf, signedIn } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";
import { z } from "zod";
import type { Grantor } from "./capabilities.ts";

const MOST_CHARACTERS = 64_000;
const id = z.uuid();
const data = z.record(z.string(), z.unknown()).refine((one) => JSON.stringify(one).length <= MOST_CHARACTERS);
const version = z.number().int().min(0);

function checked<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new DoorstepError("input.invalid");
  return parsed.data;
}

/** What one plugin keeps for discipline organs; always in the name of somebody who asks. */
export const organRecordsFor = ({ pluginId, request, unit }: Grantor): CapabilityApi["organs"] => {
  const { kernel } = request;
  return {
    organs: {
      mine: () => organsOf(kernel, signedIn(request)),
      list: (organId) => organRecordsOf(kernel, signedIn(request), { organId: checked(id, organId), pluginId }),
      keep: (organId, record) => {
        const parts = { recordId: checked(id, record.recordId), version: checked(version, record.version) };
        const kept = { ...parts, data: checked(data, record.data) };
        return keepOrganRecord(kernel, signedIn(request), { organId: checked(id, organId), pluginId }, kept);
      },
      hand: (record) => {
        const handed = { recordId: checked(id, record.recordId), data: checked(data, record.data) };
        return handToOrganOf(kernel, signedIn(request), { unitId: unit.id, pluginId }, handed);
      },
    },
  };
};
