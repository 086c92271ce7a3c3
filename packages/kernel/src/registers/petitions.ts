import type { QueueItem, severities, Text } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import { anonymityWords, categoryWords, channelWords, severityWords } from "../letters/words.ts";
import { listCases } from "../queue/list-cases.ts";
import type { Days, KernelRegister, RegisterPlace } from "./register.ts";
import { levelOfSecrecy, stateWords, w } from "./words.ts";

const PAGE = 500;

/** What the registration sheet D2 and the file say of a petition beyond the list. */
interface Sheet {
  readonly id: string;
  /** `null` in what came from an old register, which did not say */
  readonly headcount: number | null;
  /** `null` there as well, and where nobody has judged it yet */
  readonly severity: (typeof severities)[number] | null;
  readonly topics: readonly Text[];
  readonly handler: string | null;
}

type Entry = QueueItem & { readonly day: string; readonly sheet: Sheet | undefined };

/** Of petitions that the list has let through; they are read as the actor all the same. */
async function sheetsOf(k: Kernel, actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, Sheet>> {
  const { rows } = await readAs(k, actor, (client) =>
    client.query<Sheet>({
      name: "register_sheets",
      text: `select c.id, case when not c.imported then c.headcount end as headcount,
          case when not c.imported and (c.status <> 'received' or c.severity <> 'ordinary') then c.severity end as severity, p.name as handler,
          (select coalesce(jsonb_agg(jsonb_build_object('zh-CN', t.name_zh, 'en', t.name_en) order by t.code), '[]')
             from kernel.case_topics x join kernel.topics t on t.id = x.topic_id where x.case_id = c.id) as topics
        from kernel.cases c left join kernel.people p on p.id = c.handler_id where c.id = any ($1::uuid[])`,
      values: [ids],
    }),
  );
  return new Map(rows.map((sheet) => [sheet.id, sheet]));
}

/** All that the actor sees there, the newest first, by the list of the desk itself: its predicate, its covered words. */
async function* seen(k: Kernel, actor: Actor, unit: RegisterPlace, days: Days): AsyncIterable<Entry> {
  let cursor: string | undefined;
  do {
    const page = await listCases(k, actor, {
      ...{ view: "all", unitId: unit.id, limit: PAGE },
      ...(cursor !== undefined && { cursor }),
    });
    const asked: (QueueItem & { readonly day: string })[] = [];
    let past = false;
    for (const item of page.items) {
      const day = localDateOf(item.receivedAt, unit.timeZone);
      past ||= day < days.from;
      if (!past && day <= days.to) asked.push({ ...item, day });
    }
    const ids = asked.map((item) => item.caseId);
    const sheets = ids.length > 0 ? await sheetsOf(k, actor, ids) : new Map<string, Sheet>();
    for (const item of asked) yield { ...item, sheet: sheets.get(item.caseId) };
    if (past) return;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

const allOf = (names: readonly Text[]): Text | null =>
  names.length === 0 ? null : w(names.map((name) => name["zh-CN"]).join("；"), names.map((name) => name.en).join("; "));

const lineOf = ({ sheet, ...item }: Entry) => ({
  caseNo: item.caseNo,
  receivedOn: item.day,
  channel: channelWords[item.channel],
  category: item.category && categoryWords[item.category],
  title: item.title,
  topics: allOf(sheet?.topics ?? []),
  headcount: sheet?.headcount ?? null,
  anonymity: anonymityWords[item.anonymity],
  severity: sheet?.severity ? severityWords[sheet.severity] : null,
  secrecy: levelOfSecrecy[item.confidentiality] ?? null,
  holder: item.holder.name,
  handler: sheet?.handler ?? null,
  state: stateWords[item.state],
  dueOn: item.dueOn,
});

const columns: KernelRegister["columns"] = [
  { key: "caseNo", title: w("编号", "Number") },
  { key: "receivedOn", title: w("收到日期", "Received on") },
  { key: "channel", title: w("来信渠道", "Way in") },
  { key: "category", title: w("类别", "Category") },
  { key: "title", title: w("标题", "Title") },
  { key: "topics", title: w("主题", "Topics") },
  { key: "headcount", title: w("人数", "Headcount") },
  { key: "anonymity", title: w("署名", "Name") },
  { key: "severity", title: w("紧急程度", "Urgency") },
  { key: "secrecy", title: w("保密级别", "Confidentiality") },
  { key: "holder", title: w("承办单位", "Unit in charge") },
  { key: "handler", title: w("承办人", "Handler") },
  { key: "state", title: w("状态", "State") },
  { key: "dueOn", title: w("最近期限", "Next due date") },
];

/** The register of petitions [R22:22]; who the petitioner is stays in the vault, and accusations have a register of their own. */
export const petitions: KernelRegister = {
  title: w("信访登记簿", "Register of petitions"),
  columns,
  kept: () => true,
  async *lines(k, actor, unit, days) {
    for await (const item of seen(k, actor, unit, days)) if (item.confidentiality < 3) yield lineOf(item);
  },
};

/** Accusations [R22:30], by the discipline organ that alone sees them. */
export const accusations: KernelRegister = {
  title: w("检举控告登记簿", "Register of accusations"),
  columns,
  kept: (actor) => actor.reach.some(({ ceiling }) => ceiling === 3),
  async *lines(k, actor, unit, days) {
    for await (const item of seen(k, actor, unit, days)) if (item.confidentiality === 3) yield lineOf(item);
  },
};
