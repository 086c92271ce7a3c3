import type { QueueItem } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { queueFile } from "./queue-file.ts";

const item: QueueItem = {
  caseId: "00000000-0000-7000-8000-000000000001",
  caseNo: "2026-7K3M9Q-X",
  title: "宿舍漏雨",
  state: "inHandling",
  confidentiality: 2,
  anonymity: "anonymous",
  channel: "letter",
  category: null,
  holder: { id: "00000000-0000-7000-8000-000000000002", name: { "zh-CN": "一营", en: "First battalion" } },
  receivedAt: "2026-03-02T02:00:00Z",
  dueOn: "2026-04-01",
  dueClock: "K4",
  daysLeft: 3,
  imported: false,
  unread: false,
  version: 1,
};
const taken = { items: [item], complete: true, by: "干事", at: "2026-03-03T02:00:00Z" };

test("a file says first who took it, when and what; then the chosen columns in words", () => {
  const [who, head, line] = queueFile(taken, { title: "在办", columns: ["labels", "category", "unit"] }, "zh-CN");
  expect(who?.join()).toMatch(/干事.*2026.*在办.*1 件/);
  expect(head).toEqual(["期限", "标题", "标记", "类别", "单位"]);
  expect(line).toEqual(["2026-04-01", "宿舍漏雨", "敏感 · 匿名", "未分类", "一营"]);
  expect(queueFile(taken, { title: "Open", columns: ["state", "channel"] }, "en")[2]?.slice(2)).toEqual([
    "In handling",
    "Letter",
  ]);
});

test("a file that had to stop at the limit says so in its first line", () => {
  const shown = { title: "在办", columns: [] };
  const [cut] = queueFile({ ...taken, complete: false }, shown, "zh-CN");
  expect(cut?.join()).toContain("并非全部");
  expect(queueFile(taken, shown, "zh-CN")[0]?.join()).not.toContain("并非全部");
});
