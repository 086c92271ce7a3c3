import {
  kernelContract,
  type Locale,
  type ProcedureSpec,
  type RestPath,
  restFile,
  restProcedures,
  systemScopes,
  type Text,
} from "@doorstep/contracts";
import { z } from "zod";

/** Shown by clients that read the document; each group of procedures is one. */
const tags: Readonly<Record<string, { readonly "zh-CN": string; readonly en: string }>> = {
  units: { "zh-CN": "单位", en: "Units" },
  topics: { "zh-CN": "分类目录", en: "Topics" },
  registry: { "zh-CN": "单位启用的渠道和页面", en: "Channels and pages of a unit" },
  texts: { "zh-CN": "告知文本", en: "Notices to read" },
  notices: { "zh-CN": "文书", en: "Letters" },
  intake: { "zh-CN": "收件", en: "Taking in petitions" },
  packs: { "zh-CN": "政策包", en: "Policy packs" },
  calendars: { "zh-CN": "工作日历", en: "Calendars" },
  modules: { "zh-CN": "模块", en: "Modules" },
  cases: { "zh-CN": "信访事项", en: "Petitions" },
  clocks: { "zh-CN": "期限", en: "Due dates" },
  files: { "zh-CN": "附件", en: "Files" },
  ledger: { "zh-CN": "审计台账", en: "The ledger" },
};

const words = {
  about: {
    "zh-CN":
      "供对接系统使用。每次调用都用 POST，内容放在正文里，地址中不出现任何个人信息。错误按 RFC 9457 返回，code 可在 docs/errors.md 中查到。",
    en: "For connected systems. Every call is a POST with its input in the body, so that nothing personal stands in an address. Errors follow RFC 9457; each code stands in docs/errors.md.",
  },
  token: {
    "zh-CN": "平台管理员在“对接系统”中签发，只显示一次。",
    en: "Made by an administrator of the platform under “Connected systems”, shown once.",
  },
  done: { "zh-CN": "已完成", en: "Done" },
  refused: { "zh-CN": "未办理，原因见正文", en: "Refused; the body says why and what to do" },
  needs: { "zh-CN": "需要权限", en: "Needs the scope" },
  fileName: { "zh-CN": "文件名，按百分号编码", en: "The name of the file, percent-encoded" },
  open: { "zh-CN": "无需令牌", en: "Needs no token" },
} as const;

const addressOf = (path: string): string => `/${path.replace(".", "/")}`;

type Schema = Readonly<Record<string, unknown>>;

/** What an input or output looks like; checks that JSON Schema cannot say are made all the same. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any", reused: "inline" });
  return rest;
}

const problem: Schema = {
  type: "object",
  required: ["type", "title", "status", "code", "params", "reasons", "fields", "requestId"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string" },
    params: { type: "object" },
    reasons: { type: "array", items: { type: "object" } },
    fields: { type: "object", additionalProperties: { type: "string" } },
    requestId: { type: "string" },
  },
};

interface Described {
  readonly path: string;
  readonly scope: string | null;
  readonly does: Text;
  readonly input: Schema;
  readonly output: z.ZodType;
}

function operationOf({ path, scope, does, input, output }: Described, locale: Locale) {
  return {
    operationId: path.replace(".", "_"),
    summary: does[locale],
    description: scope === null ? words.open[locale] : `${words.needs[locale]} \`${scope}\``,
    tags: [path.split(".", 1)[0]],
    security: scope === null ? [{}] : [{ token: [] }],
    ...input,
    responses: {
      200: {
        description: words.done[locale],
        content: { "application/json": { schema: schemaOf(output, "output") } },
      },
      default: {
        description: words.refused[locale],
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function procedureOf(path: RestPath, locale: Locale) {
  const [group, name] = path.split(".") as [keyof typeof kernelContract, string];
  const spec = (kernelContract[group] as Readonly<Record<string, ProcedureSpec>>)[name];
  if (!spec) throw new Error(`restProcedures names ${path}, which the contract does not have`);
  const content = { "application/json": { schema: schemaOf(spec.input, "input") } };
  const input = { requestBody: { required: true, content } };
  return operationOf({ path, ...restProcedures[path], input, output: spec.output }, locale);
}

const fileOf = (locale: Locale) =>
  operationOf(
    {
      ...restFile,
      input: {
        parameters: [
          { name: "X-File-Name", in: "header", description: words.fileName[locale], schema: { type: "string" } },
        ],
        requestBody: { required: true, content: { "application/octet-stream": { schema: {} } } },
      },
    },
    locale,
  );

/** The description of everything under `/api/v1`, made from the contract. */
export function openApiOf(about: { readonly version: string; readonly url: string; readonly locale: Locale }) {
  const { locale } = about;
  const paths = Object.keys(restProcedures) as RestPath[];
  const groups = [...new Set([...paths, restFile.path].map((path) => path.split(".", 1)[0] ?? ""))].toSorted();
  return {
    openapi: "3.1.0",
    info: {
      title: locale === "en" ? "Doorstep" : "连心桥",
      version: about.version,
      description: words.about[locale],
      contact: { name: "Doorstep", url: about.url },
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [{ url: `${about.url.replace(/\/$/, "")}/api/v1` }],
    tags: groups.map((name) => ({ name, description: tags[name]?.[locale] ?? name })),
    paths: Object.fromEntries([
      ...paths.map((path) => [addressOf(path), { post: procedureOf(path, locale) }]),
      [addressOf(restFile.path), { post: fileOf(locale) }],
    ]),
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: `${words.token[locale]} ${systemScopes.join(", ")}` },
      },
      schemas: { Problem: problem },
    },
  };
}
