import { z } from "zod";

const property = z.object({
  type: z.string().optional().catch(undefined),
  enum: z.array(z.string()).optional().catch(undefined),
  format: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  "x-labels": z.object({ en: z.string() }).optional().catch(undefined),
  default: z.unknown().optional(),
  minimum: z.number().optional().catch(undefined),
  maximum: z.number().optional().catch(undefined),
  maxLength: z.number().optional().catch(undefined),
});
const schema = z.object({ properties: z.record(z.string(), property).catch({}) }).catch({ properties: {} });

/** One question of a report, as its form shows it. */
export interface Param {
  readonly name: string;
  readonly label: Readonly<Record<"zh-CN" | "en", string>>;
  readonly kind: "tick" | "choice" | "number" | "date" | "text";
  readonly options: readonly string[];
  readonly initial: unknown;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly maxLength?: number | undefined;
}

function kindOf(one: z.output<typeof property>): Param["kind"] {
  if (one.type === "boolean") return "tick";
  if (one.enum) return "choice";
  if (one.type === "integer" || one.type === "number") return "number";
  return one.format === "date" ? "date" : "text";
}

/** The questions in a JSON Schema; what a form cannot ask is left to its default. */
export function readParams(json: unknown): readonly Param[] {
  return Object.entries(schema.parse(json).properties).flatMap(([name, one]) => {
    if (one.type === "object" || one.type === "array") return [];
    const zh = one.title ?? name;
    return [
      {
        name,
        label: { "zh-CN": zh, en: one["x-labels"]?.en ?? zh },
        kind: kindOf(one),
        options: one.enum ?? [],
        initial: one.default,
        min: one.minimum,
        max: one.maximum,
        maxLength: one.maxLength,
      },
    ];
  });
}

/** What was answered; an empty field asks nothing, so that the report's own default holds. */
export const answersOf = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ""));
