import { expect, test } from "vitest";
import { readCase } from "../cases/read-case.ts";
import { registerCase } from "../cases/register.ts";
import { writeMessage } from "../cases/thread.ts";
import { keepFile } from "../files/index.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { fillCaseText } from "../search-index/fill-case-text.ts";
import { whereIsWritten } from "../testing/find-words.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, claim, file, rows, staffOf } from "../testing/story.ts";
import { openIdentity } from "../vault/open-identity.ts";
import { askIdentity } from "../vault/requests.ts";
import { sealLeftovers } from "./seal-leftovers.ts";

/** Letters of the English alphabet alone, so that the search form keeps it as one word. */
const WORD = "zebrafinch";

const accusation = {
  ...claim,
  category: "accusation",
  track: "accusation",
  subRoute: null,
  confidentiality: 3,
  respondents: [{ kind: "words", label: `${WORD}的上级` }],
  demands: [{ text: `查清${WORD}`, desiredOutcome: `处理${WORD}` }],
} as const;

const photo = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

const blobs = () => {
  const kept = new Map<string, Buffer>();
  return {
    async write(id: string, content: AsyncIterable<Uint8Array>) {
      const pieces: Uint8Array[] = [];
      for await (const piece of content) pieces.push(piece);
      kept.set(id, Buffer.concat(pieces));
      return id;
    },
    async *read(key: string) {
      yield kept.get(key) ?? Buffer.alloc(0);
    },
    async remove(key: string) {
      kept.delete(key);
    },
  };
};

/** An ordinary petition about which everybody has already written everywhere. */
async function muchWritten(t: TestKernel): Promise<{ readonly caseId: string; readonly fileId: string }> {
  const s = await staffOf(t);
  const kept = await keepFile(t.kernel, blobs() as never, {
    name: `${WORD}.png`,
    content: (async function* () {
      yield photo;
    })(),
  });
  const caseId = await file(t, {
    title: `关于${WORD}`,
    body: `正文${WORD}`,
    alreadyTried: `找过${WORD}`,
    desiredOutcome: `请查${WORD}`,
    anonymity: "confidential",
    petitioner: { name: "张三", kind: "soldier", contact: "", filingFor: "self" } as never,
  });
  const say = (text: string, visibility: "petitioner" | "internal") => ({ text, visibility, fileIds: [] });
  await execute(t.kernel, writeMessage, byPetitioner(t, caseId), {
    ...say(`补充${WORD}`, "petitioner"),
    fileIds: [kept.id],
  });
  await execute(t.kernel, writeMessage, byPerson(t, caseId, s.clerk), say(`内部${WORD}`, "internal"));
  const custodian = await t.person("保管", "first", [{ role: "custodian", unit: "first" }]);
  const asked = { kind: "relay", reason: `须转告${WORD}`, message: `请补交${WORD}` } as const;
  await execute(t.kernel, askIdentity, byPerson(t, caseId, s.officer), asked);
  await openIdentity(t.kernel, byPerson(t, caseId, custodian), `核实${WORD}`);
  await declareRecusal(t.kernel, byPerson(t, caseId, s.officer), `我认识${WORD}`);
  await rows(
    t,
    `insert into kernel.supervision_items (id, case_id, kind, trigger, clock_id, code, to_unit_id, late_since, opened_at, answer, result)
      select gen_random_uuid(), k.case_id, 'urge', k.code, k.id, k.code, $2, k.due_on, now(), $3, $3
        from kernel.clocks k where k.case_id = $1 limit 1`,
    [caseId, t.units.first, `回复${WORD}`],
  );
  await fillCaseText(t.kernel.pool, [caseId]);
  return { caseId, fileId: kept.id };
}

test("a petition that turns out to be an accusation leaves no plain word behind, and stays readable for its organ", async () => {
  await using t = await openTestKernel();
  const { caseId } = await muchWritten(t);
  const clerk = await t.person("登记", "first", [{ role: "clerk", unit: "first" }]);
  const before = await whereIsWritten(t, WORD);
  expect(before).toEqual(
    expect.arrayContaining(["kernel.cases.body", "kernel.messages.text", "kernel.notices.facts", "kernel.files.name"]),
  );
  expect(before).toContain("kernel.case_text.tsv");

  await execute(t.kernel, registerCase, byPerson(t, caseId, clerk), accusation as never);

  expect(await whereIsWritten(t, WORD)).toEqual([]);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const seen = await readCase(t.kernel, organ, caseId);
  expect(seen).toMatchObject({ title: `关于${WORD}`, body: `正文${WORD}`, alreadyTried: `找过${WORD}` });
  expect(seen.thread.map((m) => m.text)).toEqual(expect.arrayContaining([`补充${WORD}`, `内部${WORD}`]));
  expect(seen.files.map((f) => f.name)).toEqual([`${WORD}.png`]);
  expect(seen.recusals.find((r) => r.source === "self")?.reason).toBe(`我认识${WORD}`);
  const own = await readPetitionerCase(t.kernel, caseId);
  expect(JSON.stringify(own)).toContain(`核实${WORD}`);
  expect(JSON.stringify(own)).toContain(`${WORD}.png`);
  const kept = await rows<{ facts: object; hash: Buffer }>(
    t,
    "select facts, hash from kernel.notices where case_id = $1 and code = 'D1'",
    [caseId],
  );
  expect(Object.keys(kept[0]?.facts ?? {})).toEqual(["$sealed"]);
});

test("what an earlier version left in plain text in an organ's case is sealed where it lies", async () => {
  await using t = await openTestKernel();
  const caseId = await file(t, { purpose: "accuse", title: "举报", body: "正文" });
  await execute(t.kernel, writeMessage, byPetitioner(t, caseId), {
    text: "补充",
    visibility: "petitioner",
    fileIds: [],
  });
  const plain = `关于${WORD}`;
  await t.database.pool.query("update kernel.cases set title = $2 where id = $1", [caseId, plain]);
  await t.database.pool.query("update kernel.messages set text = $2 where case_id = $1", [caseId, plain]);
  await file(t, { title: "普通来信" });

  expect(await sealLeftovers(t.kernel)).toBe(1);

  expect(await whereIsWritten(t, WORD)).toEqual([]);
  const own = await readPetitionerCase(t.kernel, caseId);
  expect([own.title, own.body, own.thread[0]?.text]).toEqual([plain, "正文", plain]);
  expect(await sealLeftovers(t.kernel)).toBe(0);
});
