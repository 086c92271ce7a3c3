/** A setting as its module describes it, as far as a form needs to know. */
export interface SettingField {
  readonly key: string;
  readonly title: Text;
  readonly hint: Text | null;
  readonly secret: boolean;
  readonly cascade: "override" | "atMost" | "atLeast" | "subset";
  readonly kind: Kind;
}

export interface Text {
  readonly "zh-CN": string;
  readonly en: string;
}

interface Choice {
  readonly value: string;
  readonly label: Text;
}

export type Kind =
  | { readonly type: "flag" }
  | { readonly type: "whole"; readonly min: number | undefined; readonly max: number | undefined }
  | { readonly type: "number" }
  | { readonly type: "text"; readonly maxLength: number | undefined }
  | { readonly type: "choice"; readonly options: readonly Choice[] }
  | { readonly type: "choices"; readonly options: readonly Choice[] }
  /** texts, one a line */
  | { readonly type: "lines" }
  /** anything else, as JSON */
  | { readonly type: "json" };

interface Schema {
  readonly type?: unknown;
  readonly title?: unknown;
  readonly description?: unknown;
  readonly enum?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly secret?: unknown;
  readonly cascade?: unknown;
  readonly "x-labels"?: { readonly en?: unknown; readonly hint?: Text };
  readonly "x-options"?: Readonly<Record<string, Text>>;
}

const same = (text: string): Text => ({ "zh-CN": text, en: text });

function choicesOf(list: unknown, labels: Schema["x-options"]): readonly Choice[] | undefined {
  if (!Array.isArray(list) || !list.every((one) => typeof one === "string")) return undefined;
  return list.map((value) => ({ value, label: labels?.[value] ?? same(value) }));
}

function kindOf(schema: Schema): Kind {
  const labels = schema["x-options"];
  const options = choicesOf(schema.enum, labels);
  if (options) return { type: "choice", options };
  switch (schema.type) {
    case "boolean":
      return { type: "flag" };
    case "integer":
      return { type: "whole", min: schema.minimum, max: schema.maximum };
    case "number":
      return { type: "number" };
    case "string":
      return { type: "text", maxLength: schema.maxLength };
    case "array": {
      const several = choicesOf(schema.items?.enum, labels);
      if (several) return { type: "choices", options: several };
      return { type: schema.items?.type === "string" ? "lines" : "json" };
    }
  }
  // several forms of one text, such as an address or nothing
  const forms = schema.anyOf ?? [];
  if (forms.length > 0 && forms.every((one) => one.type === "string"))
    return { type: "text", maxLength: Math.max(...forms.map((one) => one.maxLength ?? 0)) || undefined };
  return { type: "json" };
}

const cascades = ["atMost", "atLeast", "subset"] as const;

/** The settings of a module, from the JSON Schema in its manifest. */
export function settingFields(schema: unknown): readonly SettingField[] {
  const { properties } = (schema ?? {}) as { readonly properties?: Readonly<Record<string, Schema>> };
  return Object.entries(properties ?? {}).map(([key, one]) => {
    const zh = typeof one.title === "string" ? one.title : key;
    const en = one["x-labels"]?.en;
    const hint = one["x-labels"]?.hint;
    return {
      key,
      title: { "zh-CN": zh, en: typeof en === "string" ? en : zh },
      hint: hint ?? (typeof one.description === "string" ? same(one.description) : null),
      secret: one.secret === true,
      cascade: cascades.find((rule) => rule === one.cascade) ?? "override",
      kind: one.secret === true ? { type: "text", maxLength: one.maxLength } : kindOf(one),
    };
  });
}

/** What a field of the form holds for a value. */
export function toForm(kind: Kind, value: unknown): unknown {
  switch (kind.type) {
    case "flag":
      return value === true;
    case "whole":
      return typeof value === "number" ? value : undefined;
    case "choices":
      return Array.isArray(value) ? value : [];
    case "lines":
      return Array.isArray(value) ? value.join("\n") : "";
    case "json":
      return value === undefined ? "" : JSON.stringify(value, null, 2);
    case "number":
    case "text":
    case "choice":
      return value === undefined || value === null ? "" : String(value);
  }
}

/** The value that a field of the form stands for; `undefined` where it is none. */
export function fromForm(kind: Kind, held: unknown): unknown {
  switch (kind.type) {
    case "number": {
      const number = Number(held);
      return String(held).trim() === "" || Number.isNaN(number) ? undefined : number;
    }
    case "lines":
      return String(held)
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean);
    case "json":
      try {
        return JSON.parse(String(held)) as unknown;
      } catch {
        return undefined;
      }
    case "choice":
      return held === "" ? undefined : held;
    case "flag":
    case "whole":
    case "text":
    case "choices":
      return held;
  }
}
