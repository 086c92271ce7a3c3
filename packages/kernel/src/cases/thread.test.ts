import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { fileCase } from "../intake/file-case.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { readCase } from "./read-case.ts";
import { writeMessage } from "./thread.ts";

async function filed(t: TestKernel, purpose: "solve" | "accuse" = "solve"): Promise<string> {
  const { caseId } = await fileCase(
    t.kernel,
    {
      key: t.key(),
      unitId: t.units.first,
      via: "online",
      channelKey: "online-petition/online",
      channelLabel: { "zh-CN": "网上", en: "Online" },
      purpose,
      title: "窗户漏雨",
      body: "公寓房窗户漏雨，无人回复。",
      alreadyTried: "",
      desiredOutcome: "",
      concernsLeader: false,
      urgentSafety: false,
      anonymity: "anonymous",
      headcount: 1,
      fileIds: [],
      locale: "zh-CN",
    },
    { actor: "anonymous", petitionerId: null },
  );
  return caseId;
}

async function upload(t: TestKernel): Promise<string> {
  const id = t.kernel.newId();
  await t.database.pool.query(
    `insert into kernel.files (id, name, type, size, sha256, storage_key, kek, dek, uploaded_at) values ($1, 'a.png', 'image/png', 5, $2, 'x', 'k1', $2, $3)`,
    [id, randomBytes(32), t.clock.now],
  );
  return id;
}

test("a message brings its file, both sides see it, and the file cannot be claimed twice", async () => {
  await using t = await openTestKernel();
  const caseId = await filed(t);
  const file = await upload(t);
  const send = () =>
    execute(
      t.kernel,
      writeMessage,
      { caseId, key: t.key(), party: { kind: "petitioner" } },
      { text: "补充一张照片", visibility: "petitioner", fileIds: [file] },
    );

  await send();

  const officer = await t.person("干事", "first", [{ role: "officer", unit: "first" }]);
  const [mine, theirs] = [await readPetitionerCase(t.kernel, caseId), await readCase(t.kernel, officer, caseId)];
  expect(mine.thread.at(-1)?.files.map((f) => f.id)).toEqual([file]);
  expect(theirs.thread.at(-1)?.files.map((f) => f.name)).toEqual(["a.png"]);
  await expect(send()).rejects.toMatchObject({ code: "file.notFound" });
});

test("an internal note is never in the petitioner's thread", async () => {
  await using t = await openTestKernel();
  const caseId = await filed(t);
  const officer = await t.person("干事", "first", [{ role: "officer", unit: "first" }]);

  await execute(
    t.kernel,
    writeMessage,
    { caseId, key: t.key(), party: { kind: "person", actor: officer } },
    { text: "内部：已核对", visibility: "internal", fileIds: [] },
  );

  expect((await readPetitionerCase(t.kernel, caseId)).thread).toEqual([]);
  expect((await readCase(t.kernel, officer, caseId)).thread.map((m) => m.text)).toEqual(["内部：已核对"]);
});

test("the unit complained of, its superior's officers and an auditor do not find an accusation; the organ reads it", async () => {
  await using t = await openTestKernel();
  const caseId = await filed(t, "accuse");
  const organ = await t.person("纪委", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const others = [
    await t.person("营干事", "first", [{ role: "officer", unit: "first" }]),
    await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]),
    await t.person("旅领导", "brigade", [{ role: "signer", unit: "brigade", subtree: true }]),
    await t.person("审计", "brigade", [{ role: "auditor", unit: "brigade", subtree: true }]),
  ];

  expect((await readCase(t.kernel, organ, caseId)).title).toBe("窗户漏雨");
  for (const other of others)
    await expect(readCase(t.kernel, other, caseId)).rejects.toMatchObject({ code: "case.notFound" });
});
