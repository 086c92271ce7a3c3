import { intakeChannels, roles } from "@doorstep/contracts";
import type { ArchiveManifest } from "@doorstep/sdk";
import { valid, validRange } from "semver";
import { z } from "zod";

/** A place on the network, and nothing that could hold a password. */
const isHttpAddress = (value: string): boolean => {
  const url = URL.parse(value);
  return (url?.protocol === "https:" || url?.protocol === "http:") && url.href === value && !/[?#@]/.test(value);
};

const text = z.object({ "zh-CN": z.string().min(1).max(500), en: z.string().min(1).max(500) });
const schema = z.record(z.string().max(100), z.unknown());
const pointId = z.templateLiteral([z.string(), "/", z.string(), "@", z.number()]);
const range = z
  .string()
  .max(100)
  .refine((value) => validRange(value) !== null);

const contribution = z.object({
  point: pointId,
  key: z.string().min(1).max(120),
  title: text.nullable(),
  form: schema.optional(),
  channel: z
    .object({
      via: z.enum(intakeChannels),
      page: z.string().max(200).nullable(),
      saysAnonymous: z.boolean(),
      whenDisabled: z.enum(["drain", "hide"]),
      listed: z.literal(false).optional(),
    })
    .optional(),
  report: z
    .object({
      needs: z.string().max(60),
      takeNeeds: z.string().max(60).optional(),
      register: z.literal(true).optional(),
      params: schema,
    })
    .optional(),
  dataset: z
    .object({
      dimensions: z.record(z.string().max(40), z.object({ title: text, values: z.record(z.string().max(40), text) })),
      measures: z.record(z.string().max(40), text),
    })
    .optional(),
  address: z
    .object({
      who: z.enum(["anybody", "keyHolder", "system"]),
      methods: z.array(z.enum(["GET", "POST"])).max(2),
      accepts: z.array(z.string().max(100)).max(10),
      maxBytes: z.number(),
      perMinute: z.number(),
    })
    .optional(),
  routing: z.object({ priority: z.number() }).optional(),
  template: z.object({ data: schema }).optional(),
  procedure: z.object({ runs: z.enum(["mediation", "hearing"]) }).optional(),
  job: z
    .object({
      every: z.string().max(10),
      scope: z.enum(["unit", "platform"]),
      alsoWhereOff: z.literal(true).optional(),
    })
    .optional(),
});

const appUi = (app: "portal" | "admin") => {
  const file = (ending: string) => z.string().regex(new RegExp(`^ui/${app}/[\\w-]+\\.${ending}$`));
  return z.object({ entry: file("js"), css: z.array(file("css")).max(20) });
};

/** `plugin.json`, as a stranger may have written it. Capabilities and points are judged later, with words for each. */
export const archiveManifest = z.object({
  format: z.literal(1),
  protocol: z.literal(1),
  id: z
    .string()
    .max(40)
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  version: z
    .string()
    .max(60)
    .refine((value) => valid(value) === value),
  title: text,
  purpose: text,
  sdk: range,
  sdkFloor: z
    .string()
    .max(60)
    .refine((value) => valid(value) === value)
    .optional(),
  requires: z.record(z.string().max(40), range),
  capabilities: z.array(z.string().max(60)).max(50),
  permissions: z.record(z.string().max(60), z.object({ title: text, grants: z.array(z.enum(roles)) })),
  onByDefault: z.boolean(),
  retention: z
    .string()
    .regex(/^(archive|none|[1-9]\d?y)$/)
    .optional(),
  settings: schema,
  caseData: schema.optional(),
  http: z.array(z.string().max(300).refine(isHttpAddress)).max(20).optional(),
  httpFrom: z.object({ addresses: z.string().max(60), inside: z.string().max(60).optional() }).optional(),
  news: z.record(z.string().max(60), text).optional(),
  clocks: z
    .record(
      z.string().max(60),
      z.object({
        title: text,
        why: text,
        amount: z.int().min(1).max(3_650),
        unit: z.enum(["day", "workday"]),
        atEnd: z.object({ to: z.union([z.literal("handler"), z.array(z.enum(roles)).min(1)]), words: text }),
      }),
    )
    .optional(),
  contributions: z.array(contribution).max(200),
  procedures: z.record(
    z.string().max(120),
    z.object({ kind: z.enum(["query", "mutation"]), needs: z.string().max(60) }),
  ),
  ui: z.object({ portal: appUi("portal").optional(), admin: appUi("admin").optional() }).default({}),
  files: z.record(z.string().max(200), z.string().regex(/^[0-9a-f]{96}$/)),
});

export type ParsedManifest = z.output<typeof archiveManifest>;

/** The types of what was read; unknown capabilities are refused by the host's own check. */
export const asManifest = (parsed: ParsedManifest): ArchiveManifest => parsed as unknown as ArchiveManifest;
