import type { Id, Text } from "@doorstep/contracts";
import { keepCaseData, readCaseData, signedIn } from "@doorstep/kernel";
import type { Manifest } from "@doorstep/sdk";
import type { z } from "zod";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";
import { orNull } from "./refused.ts";

/** All fields of one plugin at one petition, in bytes: what is larger is a file. */
const MOST = 16 * 1024;

interface Named {
  readonly title?: unknown;
  readonly "x-labels"?: { readonly en?: unknown };
}

/** Names of the fields as the schema gives them, so that they are read when the plugin is gone. */
function labelsOf({ caseData }: Manifest): Readonly<Record<string, Text>> {
  const fields = Object.entries((caseData?.properties ?? {}) as Readonly<Record<string, Named>>);
  return Object.fromEntries(
    fields.map(([key, { title, "x-labels": labels }]) => {
      const zh = typeof title === "string" ? title : key;
      return [key, { "zh-CN": zh, en: typeof labels?.en === "string" ? labels.en : zh }];
    }),
  );
}

function fitting(schema: z.ZodObject, pluginId: string, data: unknown): Readonly<Record<string, unknown>> {
  const parsed = schema.safeParse(data);
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.code}`);
    throw new Error(`what ${pluginId} would keep does not fit its caseData: ${where.join(", ")}`);
  }
  const text = JSON.stringify(parsed.data);
  if (Buffer.byteLength(text) > MOST) throw new Error(`what ${pluginId} would keep is larger than ${MOST} bytes`);
  return JSON.parse(text);
}

/** A plugin's own fields at petitions, by the rights of whoever asks, or of the unit in its repeated work. */
export function caseDataOf({ pluginId, plugin, request, unit }: Grantor) {
  const { kernel } = request;
  const { manifest } = plugin;
  const schema = plugin.server?.plugin.caseData as z.ZodObject | undefined;
  const name = () => ({ by: isHostRequest(request) ? null : signedIn(request), unitId: unit.id });
  const read = (caseId: Id): Promise<unknown> => orNull(readCaseData(kernel, name(), caseId, pluginId));
  return {
    caseData: {
      get: async (caseId: Id) => {
        const kept = await read(caseId);
        const parsed = kept === null ? undefined : schema?.safeParse(kept);
        return parsed?.success ? parsed.data : kept;
      },
      set: async (caseId: Id, data: unknown) => {
        if (!schema) throw new Error(`${pluginId} has not said what it keeps`);
        const kept = fitting(schema, pluginId, data);
        if (JSON.stringify(await read(caseId)) === JSON.stringify(kept)) return;
        await keepCaseData(kernel, name(), caseId, {
          pluginId,
          title: manifest.title,
          labels: labelsOf(manifest),
          data: kept,
        });
      },
    },
  };
}
