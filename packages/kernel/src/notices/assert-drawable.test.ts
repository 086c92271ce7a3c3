import { getDocumentProxy } from "unpdf";
import { expect, test } from "vitest";
import { acceptCase } from "../cases/accept.ts";
import { sealReply } from "../cases/reply.ts";
import { keepFont } from "../fonts/keep-font.ts";
import { execute } from "../pipeline/execute.ts";
import { caller } from "../testing/call.ts";
import { openTestKernel } from "../testing/index.ts";
import { smallFont } from "../testing/small-font.ts";
import { byPerson, draft, file, inHandling, latestLetter, register, rows, staffOf } from "../testing/story.ts";
import { textsHandlers } from "../texts/handlers.ts";
import { noticesHandlers } from "./handlers.ts";

const now = "2026-03-02T02:00:00Z";
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    ({ code, params }: { code?: string; params?: object }) => ({ code, params }),
  );
const glyphMissing = { code: "notice.glyphMissing", params: { character: "𠮷 (U+20BB7)" } };

test("what the office writes and no font can draw is refused with the characters, and nothing is sealed", async () => {
  await using t = await openTestKernel({ now });
  const s = await staffOf(t);
  const id = await file(t);
  await register(t, s, id);
  const accept = (office: string) => execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office, phone: "" });

  expect(await refusal(accept("𠮷祥股"))).toEqual(glyphMissing);
  expect(await rows(t, "select 1 from kernel.notices where case_id = $1 and code = 'D8'", [id])).toEqual([]);
  await accept("财务股");
});

test("a reply is refused when it is drafted, and again when it is sealed; the unit's own face may have the character", async () => {
  await using t = await openTestKernel({ now });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  expect(await refusal(draft(t, s, id, "予以补发给𠮷同志"))).toEqual(glyphMissing);
  await draft(t, s, id, "予以补发");
  const noticeId = await latestLetter(t, id, "D14");
  // a draft of a time when its letter's face had more
  await t.database.pool.query(
    "update kernel.notices set facts = jsonb_set(facts, '{demands,0,opinion}', '\"补发给𠮷同志\"') where id = $1",
    [noticeId],
  );
  expect(await refusal(execute(t.kernel, sealReply, byPerson(t, id, s.signer), { noticeId }))).toEqual(glyphMissing);

  const admin = await t.person("甲", "brigade", [{ role: "unitAdmin", unit: "brigade" }]);
  const { font } = await keepFont(t.kernel, smallFont("𠮷", { as: { 𠮷: "吉" } }));
  const { texts } = caller(t.kernel, { texts: textsHandlers })(admin);
  await texts.chooseFont({ unitId: t.units.brigade, font, licensed: true });
  await draft(t, s, id, "予以补发给𠮷同志");
  await execute(t.kernel, sealReply, byPerson(t, id, s.signer), { noticeId: await latestLetter(t, id, "D14") });
});

test("what the petitioner wrote stops no letter: its character is named by its number", async () => {
  await using t = await openTestKernel({ now });
  const s = await staffOf(t);
  const id = await inHandling(t, s, { title: "𠮷某津贴少发" });
  const { notices } = caller(t.kernel, { notices: noticesHandlers })(s.officer);
  for (const code of ["D1", "D2", "D8"]) {
    const noticeId = await latestLetter(t, id, code);
    const { pdf } = await notices.pdf({ caseId: id, noticeId, locale: "zh-CN" });
    const page = await (await getDocumentProxy(new Uint8Array(Buffer.from(pdf, "base64")))).getPage(1);
    const { items } = await page.getTextContent();
    expect(items.map((i) => ("str" in i ? i.str : "")).join("")).toContain("〔U+20BB7〕某津贴少发");
  }
});

test("an accusation's letters are looked through under their organ's key", async () => {
  await using t = await openTestKernel({ now });
  const id = await file(t, { purpose: "accuse" });
  const officer = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  await register(t, { clerk: officer }, id, {
    category: "accusation",
    track: "accusation",
    subRoute: null,
    confidentiality: 3,
    demands: [{ text: "查清并处理", desiredOutcome: "" }],
  });
  const accept = (office: string) => execute(t.kernel, acceptCase, byPerson(t, id, officer), { office, phone: "" });
  expect(await refusal(accept("𠮷祥股"))).toEqual(glyphMissing);
  await accept("纪检股");
});
