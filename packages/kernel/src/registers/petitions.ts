import type { QueueItem } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import { anonymityWords, categoryWords, channelWords } from "../letters/words.ts";
import { listCases } from "../queue/list-cases.ts";
import type { Days, KernelRegister, RegisterPlace } from "./register.ts";
import { levelOfSecrecy, stateWords, w } from "./words.ts";

const PAGE = 500;

/** All that the actor sees there, the newest first, by the list of the desk itself: its predicate, its covered words. */
async function* seen(
  k: Kernel,
  actor: Actor,
  unit: RegisterPlace,
  days: Days,
): AsyncIterable<QueueItem & { day: string }> {
  let cursor: string | undefined;
  do {
    const page = await listCases(k, actor, {
      ...{ view: "all", unitId: unit.id, limit: PAGE },
      ...(cursor !== undefined && { cursor }),
    });
    for (const item of page.items) {
      const day = localDateOf(item.receivedAt, unit.timeZone);
      if (day < days.from) return;
      if (day <= days.to) yield { ...item, day };
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

const lineOf = (item: QueueItem & { readonly day: string }) => ({
  caseNo: item.caseNo,
  receivedOn: item.day,
  channel: channelWords[item.channel],
  category: item.category && categoryWords[item.category],
  title: item.title,
  anonymity: anonymityWords[item.anonymity],
  secrecy: levelOfSecrecy[item.confidentiality] ?? null,
  holder: item.holder.name,
  state: stateWords[item.state],
  dueOn: item.dueOn,
});

const columns: KernelRegister["columns"] = [
  { key: "caseNo", title: w("编号", "Number") },
  { key: "receivedOn", title: w("收到日期", "Received on") },
  { key: "channel", title: w("来信渠道", "Way in") },
  { key: "category", title: w("类别", "Category") },
  { key: "title", title: w("标题", "Title") },
  { key: "anonymity", title: w("署名", "Name") },
  { key: "secrecy", title: w("保密级别", "Confidentiality") },
  { key: "holder", title: w("承办单位", "Unit in charge") },
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
