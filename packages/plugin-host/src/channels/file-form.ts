import { DoorstepError, type FileResult, fileInput, type IntakeChannel, text } from "@doorstep/contracts";
import type { RequestContext } from "@doorstep/kernel";
import type { ChannelSpec } from "@doorstep/sdk/server";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import type { Serving } from "../calls/endpoint.ts";
import { runCall } from "../calls/run-call.ts";
import type { UnitRow } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";

const asked = fileInput.shape;

/** What the host's own steps ask around a channel's form: who writes, and what the kernel has to know at once. */
export const formFiling = z.object({
  channel: z.string().max(60),
  form: z.record(z.string().max(60), z.unknown()),
  key: asked.key,
  anonymity: asked.anonymity,
  petitioner: asked.petitioner,
  headcount: asked.headcount,
  fileIds: asked.fileIds,
  locale: asked.locale,
  concernsLeader: asked.concernsLeader,
  urgentSafety: asked.urgentSafety,
  purpose: asked.purpose,
  work: asked.work,
});
export type FormFiling = z.output<typeof formFiling>;

/** What a plugin may say a form means; anything more that it says is dropped. */
const formAsCase = z.object({
  title: asked.title,
  body: asked.body,
  purpose: asked.purpose.optional(),
  alreadyTried: asked.alreadyTried.optional(),
  desiredOutcome: asked.desiredOutcome.optional(),
});

export interface FilingScene {
  readonly serving: Serving;
  readonly plugin: HostedPlugin;
  readonly unit: UnitRow;
  readonly request: RequestContext;
}

/** A way in by which people file themselves. */
type FormChannel = ChannelSpec & Required<Pick<ChannelSpec, "form" | "toCase">>;

/** Whether people file here themselves; else only the office takes petitions down. */
export const hasForm = (spec: ChannelSpec | undefined): spec is FormChannel =>
  spec?.form !== undefined && spec.toCase !== undefined;

export function channelOf(plugin: HostedPlugin, key: string): ChannelSpec | undefined {
  const channels = (plugin.server?.part.channels ?? {}) as Readonly<Record<string, ChannelSpec>>;
  return Object.hasOwn(channels, key) ? channels[key] : undefined;
}

/** Longest answer that is taken over as it is. */
const RAW_LINE = 4_000;

/**
 * The answers as they are, where the plugin could not turn them into a petition: nothing is lost because a plugin broke,
 * and whoever registers it sees why it looks like this.
 */
export function rawCase(spec: ChannelSpec, form: Readonly<Record<string, unknown>>): z.output<typeof formAsCase> {
  const lines = Object.entries(form).map(
    ([key, value]) => `${key}: ${(typeof value === "string" ? value : JSON.stringify(value)).slice(0, RAW_LINE)}`,
  );
  const note =
    "（系统提示：该渠道的模块未能整理这份表单，以下为填写的原文。The channel's module could not process this form; the answers follow as they were given.）";
  return {
    title: `${spec.title["zh-CN"]} / ${spec.title.en}`.slice(0, 120),
    body: `${note}\n\n${lines.join("\n")}`.replaceAll("\0", "").slice(0, 20_000),
  };
}

/** Form → petition, by the plugin within its time, else by the host. */
async function caseOf(
  scene: FilingScene,
  spec: FormChannel,
  form: Readonly<Record<string, unknown>>,
): Promise<z.output<typeof formAsCase>> {
  const { serving, plugin, unit, request } = scene;
  try {
    const run = { plugin, unit, kind: "toCase", request } as const;
    return await runCall(serving, run, async (ctx) => formAsCase.parse(await spec.toCase(ctx, form)));
  } catch {
    return rawCase(spec, form);
  }
}

/**
 * Files a petition from a channel's form. The form holds no identity: that goes from here to the kernel and its vault,
 * past the plugin.
 *
 * @throws DoorstepError as the kernel's `intake.file`; TRPCError `BAD_REQUEST` where the form is not filled in as asked.
 */
export async function fileForm(scene: FilingScene, filing: FormFiling): Promise<FileResult> {
  const spec = channelOf(scene.plugin, filing.channel);
  if (!hasForm(spec)) throw new DoorstepError("intake.channelClosed");
  const checked = spec.form.safeParse(filing.form);
  if (!checked.success) throw new TRPCError({ code: "BAD_REQUEST", cause: checked.error });
  const form: Readonly<Record<string, unknown>> = checked.data;
  assertCharacters(form);
  const made = await caseOf(scene, spec, form);
  const { channel, form: _form, ...rest } = filing;
  const via: IntakeChannel = spec.via ?? "online";
  try {
    return await scene.serving.callsFor(scene.request).intake.file({
      ...rest,
      ...made,
      purpose: made.purpose ?? filing.purpose,
      channel: `${scene.plugin.manifest.id}/${channel}`,
      unitId: scene.unit.id,
      via,
    });
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof DoorstepError) throw error.cause;
    throw error;
  }
}

const plain = text(40_000, 0);
function assertCharacters(form: Readonly<Record<string, unknown>>): void {
  for (const value of Object.values(form))
    if (typeof value === "string" && !plain.safeParse(value).success) throw new DoorstepError("text.characters");
}
