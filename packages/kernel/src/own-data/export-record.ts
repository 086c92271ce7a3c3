import type { OwnRecord, Text } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { ledgerActorOf } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import { recordAccess } from "../ledger/record-access.ts";
import { both, htmlPage, type Line, list, named, section } from "./html-page.ts";
import { readOwnRecord } from "./own-record.ts";

const MOST_ACTS = 10_000;

const part = (title: string, lines: readonly Line[]): string =>
  section(title, lines.length > 0 ? list(lines) : `<p>${both("没有", "None")}</p>`);

const span = (from: string, until: string | null): string => `${from} – ${until ?? both("无期限", "no end")}`;

type HeldRole = OwnRecord["grants"][number];

const stateOf = (grant: HeldRole): string => {
  if (grant.revokedOn) return both(`${grant.revokedOn} 撤销`, `revoked ${grant.revokedOn}`);
  return grant.pending ? both("待上级确认", "waits for a second administrator") : "";
};

const grantLine = (grant: HeldRole): Line => [
  `${named(grant.roleName)} @ ${named(grant.unitName)}`,
  [
    grant.subtree ? both("含下级", "units below too") : both("仅本单位", "this unit only"),
    span(grant.from, grant.until),
    stateOf(grant),
    `${both("授权人", "By")}: ${grant.grantedBy ?? "–"}`,
    `${both("理由", "Reason")}: ${grant.why || "–"}`,
  ]
    .filter(Boolean)
    .join("\n"),
];

const onOff = (on: boolean): string => (on ? both("开", "on") : both("关", "off"));

const taskStates: Readonly<Record<OwnRecord["tasks"][number]["state"], Text>> = {
  open: { "zh-CN": "未办结", en: "open" },
  done: { "zh-CN": "已办结", en: "done" },
  dropped: { "zh-CN": "不再需要", en: "not needed any more" },
};

const contentOf = ({
  person,
  grants,
  sessions,
  notifications,
  recusals,
  kin,
  signature,
  duty,
  tasks,
  acts,
  actsComplete,
}: OwnRecord) =>
  [
    part(both("个人资料", "Profile"), [
      [both("姓名", "Name"), person.name],
      [both("账号", "User name"), person.username],
      [both("人员类别", "Kind of person"), named(person.kind)],
      [both("单位", "Unit"), named(person.unit)],
      [both("语言", "Language"), person.locale],
      [both("邮箱", "Mail address"), person.mail ?? "–"],
      [both("最近登录", "Last seen"), person.lastSeenOn ?? "–"],
    ]),
    part(both("授权", "Roles"), grants.map(grantLine)),
    part(
      both("登录的地方", "Signed in"),
      sessions.map((one) => [one.signedInAt, `${both("最近使用", "last used")}: ${one.usedAt}`]),
    ),
    part(both("通知设置", "Notifications"), [
      [both("邮件", "Mail"), notifications.mail],
      ...notifications.kinds.map(
        (one): Line => [
          one.kind,
          `${both("站内", "portal")} ${onOff(one.portal)}, ${both("邮件", "mail")} ${onOff(one.mail)}`,
        ],
      ),
    ]),
    part(
      both("本人申报的回避", "Recusals you declared"),
      recusals.map((one) => [one.at, both("已申报", "declared")]),
    ),
    part(
      both("本人申报的亲属", "Kin you declared"),
      kin.map((one) => [one.name, one.declaredAt]),
    ),
    part(
      both("签名图片", "Signature"),
      signature
        ? [[signature.since, both("已上传，图片在本页数据中", "on file; the picture is in this page's data")]]
        : [],
    ),
    part(
      both("值班", "Duty roster"),
      duty.map((one) => [
        named(one.unit),
        span(one.from, one.until) + (one.removed ? `\n${both("已撤下", "taken off")}` : ""),
      ]),
    ),
    part(
      both("交给本人的工作", "Tasks given to you"),
      tasks.map((one) => [one.dueOn, `${named(one.module)}: ${named(taskStates[one.state])}`]),
    ),
    part(
      both("本人的操作", "What you did"),
      acts.map((one) => [one.at, `${named(one.name)} (${one.type})`]),
    ),
    actsComplete ? "" : `<p>${both(`只列最近 ${MOST_ACTS} 条`, `The last ${MOST_ACTS} only`)}</p>`,
  ].join("");

/** Everything of the record as one page; that it was taken stands in the ledger. */
export async function exportRecord(
  k: Kernel,
  actor: Actor,
): Promise<{ readonly fileName: string; readonly html: string }> {
  const record = await readOwnRecord(k, actor, MOST_ACTS);
  const html = htmlPage(both("关于本人的记录", "What is held on me"), contentOf(record), record);
  await recordAccess(k, { type: "data.exported", actor: ledgerActorOf(actor), facts: { what: "ownRecord", count: 1 } });
  return { fileName: "doorstep-record.html", html };
}
