import type { ConsentView, OwnData, PetitionerCase, Text } from "@doorstep/contracts";
import { DoorstepError, locales } from "@doorstep/contracts";
import { isForPetitioner } from "../cases/case-parts.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import type { Kernel } from "../kernel.ts";
import { recordAccess } from "../ledger/record-access.ts";
import { letterPdf } from "../notices/handlers.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { both, escaped, htmlPage, list, named, section } from "./html-page.ts";
import { readOwnData } from "./own-data.ts";

const answered: Readonly<Record<ConsentView["state"], Text>> = {
  asked: { "zh-CN": "待回答", en: "not answered yet" },
  given: { "zh-CN": "同意", en: "given" },
  refused: { "zh-CN": "不同意", en: "refused" },
  withdrawn: { "zh-CN": "已撤回", en: "taken back" },
  dropped: { "zh-CN": "不再征求", en: "asked no more" },
};

const matterPart = (c: PetitionerCase): string =>
  section(
    both("来信", "The petition"),
    list([
      [both("编号", "Number"), c.caseNo],
      [both("收到", "Received"), c.receivedAt],
      [both("办理单位", "Held by"), named(c.holder)],
      [both("标题", "Title"), c.title],
      [both("内容", "Text"), c.body],
    ]),
  ) +
  section(
    both("诉求和答复", "Demands and answers"),
    list(c.demands.map((d) => [`${d.no}. ${d.text}`, d.opinion ?? both("尚未答复", "Not answered yet")])),
  ) +
  section(both("经过", "What happened"), list(c.history.map((h) => [h.at, named(h.text)]))) +
  section(
    both("征求您同意的事项", "What you were asked to consent to"),
    list(
      c.consents.map((one) => [named(one.words), `${one.answeredAt ?? one.askedAt} · ${named(answered[one.state])}`]),
    ),
  ) +
  section(
    both("往来", "Messages"),
    list(
      c.thread.map((m) => [
        `${m.at} · ${m.from === "petitioner" ? both("本人", "You") : named(m.fromName)}`,
        [m.text, ...m.files.map((file) => file.name)].join("\n"),
      ]),
    ),
  );

const personPart = (own: OwnData, c: PetitionerCase): string =>
  section(
    both("关于本人的记录", "What is held on you"),
    list([
      [both("姓名", "Name"), own.identity?.name ?? both("没有保存", "Not held")],
      [both("联系方式", "Contact"), own.identity?.contact ?? both("没有保存", "Not held")],
      [both("更正次数", "Corrections"), String(own.identity?.corrections ?? 0)],
      [
        both("卷宗保管", "File kept"),
        own.file.until ?? both(`归档后 ${own.file.months} 个月`, `${own.file.months} months after archiving`),
      ],
      [
        both("身份信息保管", "Identity kept"),
        own.person.until ?? both(`归档后 ${own.person.months} 个月`, `${own.person.months} months after archiving`),
      ],
    ]),
  ) +
  section(
    both("身份信息被查看的记录", "When your identity was opened"),
    c.opened.length > 0 ? list(c.opened.map((o) => [o.at, o.purpose])) : `<p>${both("没有", "Never")}</p>`,
  );

/** Everything of the matter that is the petitioner's to know, as one page with the letters inside. */
export async function exportOwn(
  k: Kernel,
  caseId: string,
  byAccount: boolean,
): Promise<{ readonly fileName: string; readonly html: string }> {
  const [matter, own] = [await readPetitionerCase(k, caseId), await readOwnData(k, caseId, byAccount)];
  const loaded = await loadCase(k.pool, caseId, "", "");
  if (!loaded) throw new DoorstepError("case.notFound");
  const letters: string[] = [];
  for (const notice of loaded.noticeRows.filter((row) => isForPetitioner(row) && row.sealed_at !== null))
    for (const locale of locales) {
      const { fileName, pdf } = await letterPdf(k, loaded, notice.id, locale);
      const name = fileName.replace(/\.pdf$/, `-${locale}.pdf`);
      letters.push(
        `<li><a download="${escaped(name)}" href="data:application/pdf;base64,${pdf}">${escaped(name)}</a></li>`,
      );
    }
  const { acts: _acts, version: _version, ...data } = matter;
  const content =
    personPart(own, matter) + matterPart(matter) + section(both("文书", "Letters"), `<ul>${letters.join("")}</ul>`);
  const html = htmlPage(both("本人信访数据", "My petition data"), content, { matter: data, own });
  await recordAccess(k, {
    type: "data.exported",
    actor: "petitioner",
    facts: { what: "ownCase", case: caseId, count: letters.length },
  });
  return { fileName: `${matter.caseNo}.html`, html };
}
