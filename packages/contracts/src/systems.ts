import { z } from "zod";
import { id, instant, localDate, text } from "./ids.ts";
import { bilingual, type Text } from "./text.ts";

/** What another system may be allowed, each for one unit and all below it. */
export const systemScopes = [
  "units.read",
  "modules.read",
  "modules.call",
  "intake.file",
  "cases.read",
  "import.run",
  "ledger.read",
] as const;
export type SystemScope = (typeof systemScopes)[number];

/** Scopes that bring in or let out what people wrote: a second administrator of the platform agrees first. */
export const sensitiveScopes: readonly SystemScope[] = [
  "modules.call",
  "intake.file",
  "cases.read",
  "import.run",
  "ledger.read",
];

export const systemStates = ["waiting", "active", "ended"] as const;
export const systemTokenStates = ["valid", "expired", "revoked"] as const;

/** A system of somebody else that calls the platform under `/api/v1`, or modules at addresses of their own; the token itself is shown once and never again. */
export const systemView = z.object({
  id,
  name: z.string(),
  /** what it is connected for */
  why: z.string(),
  unit: z.object({ id, name: bilingual }),
  scopes: z.array(z.enum(systemScopes)),
  /** waits for a second administrator, or is taken out of service */
  state: z.enum(systemStates),
  mayConfirm: z.boolean(),
  addedAt: instant,
  tokens: z.array(
    z.object({
      id,
      madeAt: instant,
      /** its last day, a local date of the unit */
      until: localDate,
      lastUsedOn: localDate.nullable(),
      state: z.enum(systemTokenStates),
    }),
  ),
});
export type SystemView = z.infer<typeof systemView>;

export const addSystemInput = z.object({
  name: text(60),
  why: text(200),
  unitId: id,
  scopes: z.array(z.enum(systemScopes)).min(1).max(systemScopes.length),
});
export const systemDecision = z.object({ systemId: id, why: text(200) });
export const issueTokenInput = z.object({ systemId: id, until: localDate });
export const issuedToken = z.object({ token: z.string(), systems: z.array(systemView) });

interface RestProcedure {
  /** `null`: nothing here is protected, and no token is asked for */
  readonly scope: SystemScope | null;
  readonly does: Text;
}

const rest = (scope: SystemScope | null, zh: string, en: string): RestProcedure => ({
  scope,
  does: { "zh-CN": zh, en },
});

/**
 * What other systems can call, as `POST /api/v1/<group>/<name>`. Nothing here is an act that a person must answer for:
 * no petition is registered, decided, sealed or delivered by a program [SPEC §4, T2].
 */
export const restProcedures = {
  "units.find": rest(null, "按名称或代码查找可以受理来信的单位", "Finds units that take in petitions, by name or code"),
  "units.board": rest(null, "单位信访公示栏的内容", "What stands on a unit's notice board"),
  "topics.list": rest(null, "信访事项分类目录", "The catalogue of topics"),
  "registry.forUnit": rest(null, "一个单位启用的渠道和页面", "Channels and pages that are on at a unit"),
  "texts.privacy": rest(null, "单位的隐私告知", "The privacy notice of a unit"),
  "notices.verify": rest(
    null,
    "核验一份文书是否由本平台签发且未被改动",
    "Whether a file is a letter sealed here, unchanged",
  ),
  "intake.verifyReceipt": rest(null, "核验收件回执", "Whether a receipt is genuine"),
  "units.tree": rest("units.read", "逐级列出单位树", "The tree of units, level by level"),
  "units.get": rest("units.read", "一个单位的详情", "One unit in detail"),
  "packs.list": rest("units.read", "已安装的政策包", "Policy packs that are installed"),
  "packs.get": rest("units.read", "单位适用的各项期限", "The periods that hold at a unit"),
  "calendars.list": rest("units.read", "工作日历列表", "Calendars of working days"),
  "calendars.get": rest("units.read", "单位某一年的工作日历", "A unit's calendar of one year"),
  "modules.list": rest("modules.read", "已安装的模块", "Modules that are installed"),
  "modules.matrix": rest("modules.read", "各单位的模块启用情况", "Which modules are on at which units"),
  "modules.explain": rest("modules.read", "某单位某模块启用或停用的原因", "Why a module is on or off at a unit"),
  "intake.file": rest(
    "intake.file",
    "提交一件信访事项；同一个 key 只收一次",
    "Files a petition; the same key is taken once",
  ),
  "cases.list": rest("cases.read", "信访事项列表", "A list of petitions"),
  "cases.counts": rest("cases.read", "各视图的件数", "How many petitions each view holds"),
  "cases.search": rest("cases.read", "按编号或文字检索", "Searches by number or words"),
  "cases.get": rest("cases.read", "一件信访事项（不含身份）", "One petition, without identity"),
  "cases.byNo": rest("cases.read", "按编号取一件信访事项", "One petition by its number"),
  "cases.timeline": rest("cases.read", "办理过程", "What happened in a petition"),
  "clocks.explain": rest("cases.read", "各项期限及其由来", "Due dates and how they came about"),
  "notices.list": rest("cases.read", "已签发的文书", "Letters of a petition"),
  "intake.import": rest("import.run", "导入以往的信访记录", "Takes over old records"),
  "ledger.page": rest("ledger.read", "审计台账", "Entries of the ledger"),
  "ledger.entry": rest("ledger.read", "一条台账记录", "One entry of the ledger"),
  "ledger.state": rest("ledger.read", "台账链的状态", "How the chains stand"),
} as const satisfies Readonly<Record<string, RestProcedure>>;
export type RestPath = keyof typeof restProcedures;

/** The one call whose input is a file: `POST /api/v1/files/put`. Its id goes into `fileIds` of `intake.file`. */
export const restFile = {
  path: "files.put",
  ...rest(
    "intake.file",
    "上传一个附件，提交信访事项时引用；一天内未引用即删除",
    "Sends a file for a petition to be filed; what no petition names within a day is forgotten",
  ),
  output: z.object({
    id,
    /** as it is kept */
    name: z.string(),
    type: z.string(),
    /** bytes */
    size: z.number().int(),
    /** a scanner has looked at it */
    scanned: z.boolean(),
  }),
} as const;
