import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { readCase } from "../cases/read-case.ts";
import { registerCase } from "../cases/register.ts";
import { writeMessage } from "../cases/thread.ts";
import { type Blobs, keepFile, mayReadFile, readContent } from "../files/index.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { trackCode } from "../intake/track.ts";
import type { Kernel } from "../kernel.ts";
import { readNotificationSettings, saveNotificationSettings } from "../notifications/notification-settings.ts";
import { notifyPetitioners } from "../notifications/notify.ts";
import { countNotifications } from "../notifications/read-notifications.ts";
import { keepOrganRecord, organRecordsOf, organsOf } from "../organs/organ-records.ts";
import { correctOwn } from "../own-data/acts.ts";
import { personOfCase } from "../own-data/identity.ts";
import { loadActor } from "../people/load-actor.ts";
import { execute } from "../pipeline/execute.ts";
import { declareKin, endKin, ownKin } from "../recusal/declare-kin.ts";
import { kinOf } from "../recusal/kin.ts";
import { casesOfSamePerson } from "../repeats/same-person.ts";
import { fillCaseText } from "../search-index/fill-case-text.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, claim, file, rows, staffOf } from "../testing/story.ts";
import { deriveKeys } from "../vault/keys.ts";
import { returnCodeOf } from "../vault/return-code.ts";
import { openRecord } from "../vault/seal.ts";
import { keepKeys, readKeptKeys } from "./kept-keys.ts";
import { type KeyPair, START } from "./rekey-step.ts";
import { rekeySteps } from "./steps.ts";

const petitioner = {
  name: "林小满",
  kind: "nco",
  contact: "13800005678",
  serviceNo: "军0012345",
  filingFor: "self",
} as const;

function memoryBlobs(): Blobs {
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
  } as never;
}

interface World {
  readonly blobs: Blobs;
  readonly people: { readonly soldier: Actor; readonly organ: Actor; readonly officer: Actor; readonly wife: Actor };
  readonly cases: { readonly own: string; readonly same: string; readonly accusation: string };
  readonly files: readonly string[];
  readonly code: string;
}

/** Everything that lies under a key, made by the acts that make it. */
async function world(t: TestKernel): Promise<World> {
  const k = t.kernel;
  const s = await staffOf(t);
  const soldier = await t.person("林小满", "company", []);
  const wife = await t.person("周军医", "second", []);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const blobs = memoryBlobs();
  const keep = async (name: string): Promise<string> => {
    const content = (async function* () {
      yield Buffer.from(`%PDF-1.4\n${name}\n%%EOF\n`);
    })();
    return (await keepFile(k, blobs, { name, content })).id;
  };
  const files = [await keep("工资表.pdf"), await keep("账本.pdf"), await keep("无主.pdf")];
  const key = t.key();
  const own = await file(
    t,
    { anonymity: "named", petitioner, key, fileIds: files.slice(0, 1) },
    {
      actor: `person:${soldier.personId}`,
      petitionerId: soldier.personId,
    },
  );
  const same = await file(t, { anonymity: "confidential", petitioner: { ...petitioner, name: "林晓满" } });
  await execute(k, correctOwn, byPetitioner(t, own), { contact: "13900001111" });
  await saveNotificationSettings(k, soldier, {
    side: "petitioner",
    kinds: [{ kind: "answer", portal: true, mail: false }],
    mail: "daily",
  } as never);
  await notifyPetitioners(k, { caseId: own, kind: "answer", key: `m:${own}`, params: {} } as never);
  await declareKin(k, soldier, wife.personId);
  await declareKin(k, soldier, s.handler.personId);
  const declared = await ownKin(k, soldier);
  await endKin(k, soldier, declared.find((one) => one.person.id === s.handler.personId)?.id ?? "");
  const accusation = await file(t, {
    purpose: "accuse",
    title: "举报",
    body: "正文",
    anonymity: "confidential",
    petitioner,
    fileIds: files.slice(1, 2),
  });
  await execute(k, writeMessage, byPetitioner(t, accusation), {
    text: "补充材料",
    visibility: "petitioner",
    fileIds: [],
  });
  await execute(k, registerCase, byPerson(t, accusation, organ), {
    ...claim,
    category: "accusation",
    track: "accusation",
    subRoute: null,
    confidentiality: 3,
    respondents: [{ kind: "words", label: "仓库的上级" }],
  } as never);
  const [own1] = await organsOf(k, organ);
  const kept = { recordId: k.newId(), version: 0, data: { measure: "诫勉" } };
  await keepOrganRecord(k, organ, { organId: own1?.organId ?? "", pluginId: "supervision" }, kept);
  await fillCaseText(k.pool, [own, same]);
  return {
    blobs,
    people: { soldier, organ, officer: s.officer, wife },
    cases: { own, same, accusation },
    files,
    code: returnCodeOf(k.keys.code, key),
  };
}

async function contentOf(k: Kernel, w: World, caseId: string, fileId: string): Promise<string> {
  const row = await mayReadFile(k, { actor: undefined, codeCaseId: caseId }, fileId);
  if (!row) return "none";
  const pieces: Buffer[] = [];
  for await (const piece of readContent(k, w.blobs, row)) pieces.push(Buffer.from(piece));
  return `${row.name} ${Buffer.concat(pieces).toString()}`;
}

/** All that people read of it, by the ways they read it. */
async function everything(k: Kernel, w: World) {
  const again = async (actor: Actor): Promise<Actor> => (await loadActor(k, actor.personId, k.now())) as Actor;
  const soldier = await again(w.people.soldier);
  const names = [];
  for (const id of Object.values(w.cases)) names.push((await personOfCase(k, id))?.identity);
  const { rows: mine } = await k.pool.query("select case_id from kernel.case_audience where key = $1 order by 1", [
    soldier.ownKey,
  ]);
  const { rows: found } = await k.pool.query(
    "select case_id from kernel.case_text where aud @> array[$1]::uuid[] order by 1",
    [soldier.ownKey],
  );
  const accusation = await readCase(k, await again(w.people.organ), w.cases.accusation);
  const organ = await again(w.people.organ);
  const [ownOrgan] = await organsOf(k, organ);
  return {
    records: await organRecordsOf(k, organ, { organId: ownOrgan?.organId ?? "", pluginId: "supervision" }),
    names,
    mine,
    found,
    repeats: await casesOfSamePerson(k, w.cases.own),
    contacts: await casesOfSamePerson(k, w.cases.same),
    settings: await readNotificationSettings(k, soldier, "petitioner"),
    unread: await countNotifications(k, soldier),
    kin: [await ownKin(k, soldier), await kinOf(k, [w.people.wife.personId])],
    files: [
      await contentOf(k, w, w.cases.own, w.files[0] ?? ""),
      await contentOf(k, w, w.cases.accusation, w.files[1] ?? ""),
    ],
    accusation: { ...accusation, acts: undefined, now: undefined },
    petitioner: await readPetitionerCase(k, w.cases.accusation),
    tracked: await trackCode(k, "somewhere", w.code),
  };
}

/** Every sealed word that stands in any column of any table. */
async function sealedWords(t: TestKernel): Promise<readonly string[]> {
  const tables = await rows<{ name: string }>(
    t,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('kernel', 'vault')`,
  );
  const found: string[] = [];
  for (const { name } of tables)
    for (const { row } of await rows<{ row: string }>(
      t,
      `select x::text as row from ${name} x where x::text like '%c3:1:%'`,
    ))
      found.push(...(row.match(/c3:1:[A-Za-z0-9+/=]+/g) ?? []));
  return found;
}

async function walk(t: TestKernel, keys: KeyPair): Promise<Readonly<Record<string, number>>> {
  const done: Record<string, number> = {};
  for (const step of rekeySteps) {
    done[step.id] = 0;
    for (
      let at = await step.change(t.database.pool as never, keys, START);
      at;
      at = await step.change(t.database.pool as never, keys, at.after)
    )
      done[step.id] = (done[step.id] ?? 0) + at.rows;
  }
  return done;
}

async function lost(t: TestKernel, keys: KeyPair): Promise<Readonly<Record<string, number>>> {
  const found: Record<string, number> = {};
  for (const step of rekeySteps) {
    const seen = await step.check(t.database.pool as never, keys, START);
    if (seen && seen.lost > 0) found[step.id] = seen.lost;
  }
  return found;
}

test("every value is the same under the new key, and nothing needs the old one any more", async () => {
  await using t = await openTestKernel();
  const w = await world(t);
  await everything(t.kernel, w); // the first look leaves that it was read
  const before = await everything(t.kernel, w);
  expect(before).toMatchObject({
    records: [{ version: 1, data: { measure: "诫勉" } }],
    mine: [{ case_id: w.cases.own }],
    found: [{ case_id: w.cases.own }],
    repeats: expect.arrayContaining([w.cases.same, w.cases.accusation]),
    unread: { unread: 1 },
    tracked: { caseId: w.cases.own, mandateId: null },
    files: ["工资表.pdf %PDF-1.4\n工资表.pdf\n%%EOF\n", "账本.pdf %PDF-1.4\n账本.pdf\n%%EOF\n"],
  });
  const words = await sealedWords(t);
  expect(words.length).toBeGreaterThan(10);
  const from = t.kernel.keys;
  const master = randomBytes(32);
  const keys: KeyPair = { from, to: deriveKeys(master, 2, { code: from.code }) };

  expect(Object.keys(await lost(t, keys)).toSorted()).toEqual([
    "accusations",
    "corrections",
    "files",
    "kinships",
    "links",
    "organRecords",
    "persons",
    "pseudonyms",
  ]);
  const done = await walk(t, keys);
  expect(done).toMatchObject({ links: 3, persons: 3, corrections: 1, kinships: 2, files: 3, accusations: 1 });
  await keepKeys(t.database.pool as never, from, keys.to);
  expect(await lost(t, keys)).toEqual({});

  // whoever has only the new key: the one that stayed comes out of the database
  const only = deriveKeys(master, 2, await readKeptKeys(t.kernel.pool, deriveKeys(master, 2)));
  expect(await everything({ ...t.kernel, keys: only }, w)).toEqual(before);
  const after = await sealedWords(t);
  expect(after).toHaveLength(words.length);
  expect(after.filter((word) => words.includes(word))).toEqual([]);
  for (const table of ["vault.persons", "vault.corrections", "kernel.files", "kernel.party_links", "vault.kept_keys"])
    expect([table, await rows(t, `select distinct replace(kek, 'organ:', '') as kek from ${table}`)]).toEqual([
      table,
      [{ kek: "k2" }],
    ]);

  // and whoever has only the old one reads nothing of it
  const [person] = await rows<{ id: string; dek: Buffer; ct: Buffer }>(
    t,
    "select id, dek, ct from vault.persons limit 1",
  );
  expect(() => openRecord(from.kek, person?.id ?? "", person as never)).toThrow();
  await expect(personOfCase(t.kernel, w.cases.own)).rejects.toThrow();
  await expect(readCase(t.kernel, w.people.organ, w.cases.accusation)).rejects.toThrow();
});

test("every column that can hold what is sealed or hashed by a key is known to the change of keys", async () => {
  await using t = await openTestKernel();
  const columns = await rows<{ at: string }>(
    t,
    `select n.nspname || '.' || c.relname || '.' || a.attname as at from pg_attribute a
       join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('kernel', 'vault') and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and (a.atttypid = 'bytea'::regtype or a.attname in ('kek', 'ct', 'dek'))
      order by 1`,
  );
  const changed = ["vault.persons", "vault.corrections", "vault.kept_keys"].flatMap((table) => [
    `${table}.kek`,
    `${table}.ct`,
  ]);
  // plain hashes of what is public or their own, and what a person's record key seals
  const keyless = [
    "kernel.case_imports.content_hash",
    "kernel.cases.ledger_hash",
    "kernel.command_log.input_hash",
    "kernel.files.sha256",
    "kernel.fonts.bytes",
    "kernel.signatures.png",
    "kernel.ledger.hash",
    "kernel.ledger.prev",
    "kernel.ledger_heads.hash",
    "kernel.notices.hash",
    "kernel.roots_out.root",
    "kernel.seal_keys.public_key",
    "kernel.seals.hash",
    "kernel.seals.prev",
    "kernel.seals.root",
    "kernel.seals.signature",
    "kernel.unit_letters.hash",
  ];
  // nothing writes there
  const unused = ["kernel.ledger_private.ct", "kernel.ledger_private.salt"];
  // by the key that stays
  const kept = ["kernel.cases.return_tag", "kernel.mandates.return_tag"];
  expect(columns.map((c) => c.at)).toEqual(
    [
      ...changed,
      ...keyless,
      ...unused,
      ...kept,
      "vault.persons.dek",
      "vault.corrections.dek",
      "kernel.files.dek",
      "kernel.files.kek",
      "kernel.party_links.kek",
      "kernel.party_links.sealed",
      "kernel.party_links.person_tag",
      "vault.tags.tag",
      "kernel.kinships.declarer",
      "kernel.kinships.other",
    ].toSorted(),
  );
});
