import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deliverNotifications, kernelHandlers, notify, pumpOnce } from "@doorstep/kernel";
import { inHandlingForTest, openTestKernel, staffForTest } from "@doorstep/kernel/testing";
import { keyIdOf, MANIFEST, readFiles, readPublicKey, SIGNATURE, writeArchive } from "@doorstep/plugin-host";
import { type InstallingHost, openInstalling, post } from "@doorstep/plugin-host/testing";
import { sdkVersion, sharedModules } from "@doorstep/sdk";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { signArchive } from "../sign-archive.ts";
import { GOLDEN } from "./sources.ts";

const by = { by: "system", why: "test" } as const;
const lines = readdirSync(GOLDEN);
const archiveOf = (line: string, id: string): Buffer => readFileSync(join(GOLDEN, line, `${id}.dsp`));

const key = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;

/** What differs from run to run is called by the order in which it comes. */
function comparable(value: unknown): unknown {
  const names = new Map<string, string>();
  const named = (found: string, kind: string): string => {
    const name = names.get(found) ?? `<${kind} ${names.size + 1}>`;
    names.set(found, name);
    return name;
  };
  const text = JSON.stringify(value, null, 2)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => named(id, "id"))
    .replaceAll(/\b\d{4}-[0-9A-Z]{6}-[0-9A-Z]\b/g, "<case number>")
    .replaceAll(/"(returnCode|proof)": "[^"]+"/g, '"$1": "<code>"')
    .replaceAll(/"next": "[\w-]{40,}"/g, '"next": "<place>"');
  return JSON.parse(text);
}

describe.each(lines)("modules built with SDK %s, in a process of their own on today's platform", (line) => {
  let at: InstallingHost;
  let t: Awaited<ReturnType<typeof openTestKernel>>;
  const said: unknown[] = [];
  beforeAll(async () => {
    t = await openTestKernel();
    at = await openInstalling({ on: t, handlers: kernelHandlers as never });
    const publicKey = readFileSync(join(GOLDEN, line, "signed-by.pub"), "utf8");
    await at.archives.trust({ name: "golden", publicKey }, by);
    for (const level of ["info", "warn"] as const)
      vi.spyOn(at.kernel.log, level).mockImplementation((message, facts) => void said.push([message, facts]));
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await at[Symbol.asyncDispose]();
    await t[Symbol.asyncDispose]();
  });

  test("each is taken as it was signed, and starts", async () => {
    const ids = readdirSync(join(GOLDEN, line)).flatMap((name) => (name.endsWith(".dsp") ? [name.slice(0, -4)] : []));
    for (const id of ids) expect([id, await at.install(archiveOf(line, id))]).toEqual([id, []]);
    const keyId = keyIdOf(readPublicKey(readFileSync(join(GOLDEN, line, "signed-by.pub"), "utf8")));
    const { rows } = await t.database.pool.query("select distinct publisher from kernel.plugin_archive");
    expect(rows).toEqual([{ publisher: keyId }]);
  });

  test("each call is answered as it was recorded", async () => {
    await pumpOnce(at.kernel, at.host.consumers());
    said.length = 0;
    const staff = await staffForTest(t);
    const admin = await t.person("admin", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
    const caseId = await inHandlingForTest(t, staff);
    const unitId = t.units.first;
    const { revision } = await at.as(admin).modules.matrix({});
    const change = { unitId, pluginId: "sample-box", choice: "on", why: "x" } as const;
    await at.as(admin).modules.choose({ revision, changes: [change] });
    const answers: Record<string, unknown> = {};
    const call = async (who: keyof typeof staff | "admin", plugin: string, path: string, input: unknown, as = path) => {
      const actor = who === "admin" ? admin : staff[who];
      const answer = await post(at, plugin, path, input, { actor, unitId });
      answers[`${plugin} ${as}`] = answer.error ? { refused: answer.error.code } : answer.data;
      return answer.data;
    };
    const ask = (who: keyof typeof staff, name: string, ...args: readonly unknown[]) =>
      call(who, "asking", "ask", { name, args }, `${name} by ${who}`);

    const [box] = (await call("admin", "sample-box", "place", { place: "一号楼" })) as { id: string }[];
    const letters = [{ title: "食堂的菜凉了", body: "晚饭时菜总是凉的。" }];
    await call("officer", "sample-box", "open", {
      key: key(1),
      boxId: box?.id,
      letters,
    });
    await call("officer", "sample-box", "list", {});
    await call("handler", "sample-box", "place", { place: "二号楼" }, "place by somebody without the right");
    await call("officer", "every-point", "keep", { words: "话" });

    await ask("handler", "cases.get", caseId);
    await ask("officer", "cases.find", { limit: 1 });
    await ask("officer", "cases.original", caseId);
    await ask("handler", "cases.propose", caseId, "T15", "等待外单位回信");
    await ask("handler", "thread.write", caseId, { text: "请补充材料", to: "petitioner" });
    await ask("officer", "thread.list", caseId);
    await ask("handler", "caseData.set", caseId, { visits: 2 });
    await ask("officer", "caseData.get", caseId);
    await ask("handler", "notify.tell", {
      caseId,
      to: "handler",
      news: "due",
      params: { count: 1, on: "2026-03-09" },
      key: "n",
    });
    const task = await ask("officer", "tasks.give", {
      caseId,
      text: "走访",
      to: "handler",
      dueOn: "2026-03-09",
      key: "t",
    });
    await ask("handler", "tasks.list", caseId);
    await ask("handler", "tasks.end", task, { done: true, result: "已走访" });
    const hours = { startsAt: "2026-03-09T01:00:00Z", endsAt: "2026-03-09T02:00:00Z" };
    const meeting = { caseId, place: "接访室", people: [staff.handler.personId], ...hours, key: "m" };
    const booked = await ask("officer", "appointments.book", meeting);
    await ask("handler", "appointments.list", caseId);
    await ask("officer", "appointments.cancel", booked);
    await ask("handler", "clocks.start", caseId, "visit", { from: "2026-03-03" });
    await ask("officer", "clocks.list", caseId);
    await ask("handler", "clocks.stop", caseId, "visit");
    const talk = { bothConsented: true, note: "双方同意", key: "p" };
    await ask("handler", "procedures.open", caseId, "talk", talk);
    await ask("officer", "procedures.runs", caseId, "talk");
    await ask("handler", "consents.ask", caseId, { code: "talk", words: { "zh-CN": "同意调解吗？", en: "Mediate?" } });
    await ask("officer", "consents.list", caseId);
    await ask("handler", "notices.draft", caseId, "invite", { on: "2026-03-09" });
    await ask("officer", "notices.list", caseId);
    await ask("officer", "people.ofUnit", { limit: 1 });
    await ask("officer", "people.get", caseId, "核对身份");
    const filing = {
      key: key(2),
      channel: "asking/desk",
      via: "phone",
      title: "路灯不亮",
      body: "营门口的路灯三天没有亮了。",
    };
    await ask("clerk", "intake.file", { ...filing, purpose: "suggest", anonymity: "anonymous" });
    await call("officer", "asking", "fetch", { url: "http://127.0.0.1:1/" });
    await call("officer", "asking", "fetch", { url: "https://example.org/" }, "fetch of what is not listed");

    // what 1.1 brought, of which modules from before know nothing
    if (!["0.1", "1.0"].includes(line)) {
      const letter = { letterId: key(3), toUnit: t.units.brigade, template: "invite", data: { on: "2026-03-20" } };
      await ask("officer", "letters.toUnit", letter);
      await ask("officer", "letters.list", [letter.letterId]);
      await ask("officer", "letters.withdraw", letter.letterId);
      const later = { text: "又寄来一张单据。", channel: "asking/counter", receivedOn: "2026-02-27", key: "later" };
      await ask("clerk", "thread.fromPetitioner", caseId, later);
      await ask("officer", "notices.takeBack", caseId, "invite", "不必了");
      await ask("officer", "cases.findPage", { limit: 1 });
      await ask("officer", "cases.tookPart", [caseId], [staff.handler.personId]);
      await ask("officer", "people.idsOfUnit", { limit: 1 });
      await ask(
        "officer",
        "datasets.stamp",
        Array.from({ length: 51 }, (_, n) => `every-point/${n}`),
      );
      const news = { unitId: t.units.company, to: ["officer"], news: "left", about: t.units.company, key: "left" };
      await ask("officer", "notify.tell", news);
    }

    answers.report = (await at.as(staff.officer).reports.run({ key: "every-point/echo", params: { times: 2 } })).table;
    answers.route = (await at.as(staff.clerk).routing.propose({ caseId })).proposal ?? null;
    await t.kernel.pool.query("update kernel.people set mail = 'a@example.org' where id = $1", [
      staff.handler.personId,
    ]);
    await t.kernel.pool.query(
      "insert into kernel.notification_settings (recipient, mail) values ($1, 'atOnce') on conflict (recipient) do update set mail = 'atOnce'",
      [staff.handler.personId],
    );
    await notify(t.kernel, [staff.handler.personId], { kind: "progress", caseId: null, key: "k" });
    answers.delivered = await deliverNotifications(t.kernel, at.host.hand, null, { wait: true });
    await at.host.jobs.runDue();
    await pumpOnce(at.kernel, at.host.consumers());
    answers.log = said;

    const recorded = join(GOLDEN, line, "answers.json");
    const told = comparable(answers);
    // What was recorded holds word for word; beside it more may be told, as new fields are.
    if (existsSync(recorded)) expect(told).toMatchObject(JSON.parse(readFileSync(recorded, "utf8")) as object);
    else await expect(`${JSON.stringify(told, null, 2)}\n`).toMatchFileSnapshot(recorded);
  });

  test("their browser halves find everything that they import", async () => {
    const ui = readFileSync(join(import.meta.dirname, "../../../../sdk/src/ui.ts"), "utf8");
    const offered = new Set(
      [...ui.matchAll(/export \{([^}]*)\}/g)].flatMap(([, names = ""]) =>
        names.split(",").map((name) => name.trim().split(" as ").at(-1)),
      ),
    );
    const files = await readFiles(archiveOf(line, "show-box"));
    const code = [...files].flatMap(([name, bytes]) => (/^ui\/.*\.js$/.test(name) ? [bytes.toString("utf8")] : []));
    const imports = code.flatMap((text) => [...text.matchAll(/import\s*(?:\{([^}]*)\}\s*from\s*)?["']([^"']+)["']/g)]);
    const outside = imports.filter(([, , from = ""]) => !from.startsWith("."));
    expect(outside.length).toBeGreaterThan(2);
    for (const [, names = "", from = ""] of outside) {
      expect(sharedModules).toContain(from);
      if (from !== "@doorstep/sdk/ui") continue;
      for (const name of names.split(",").map((one) => one.trim().split(" as ")[0])) expect(offered).toContain(name);
    }
  });
});

/** A golden module as it might come from elsewhere: something else in its manifest, signed anew. */
async function changed(at: InstallingHost, change: (manifest: Record<string, unknown>) => object): Promise<Buffer> {
  const files = new Map<string, Uint8Array>(await readFiles(archiveOf(lines.at(-1) ?? "", "every-point")));
  const manifest = JSON.parse(Buffer.from(files.get(MANIFEST) ?? []).toString()) as Record<string, unknown>;
  files.set(MANIFEST, Buffer.from(JSON.stringify({ ...manifest, ...change(manifest) })));
  files.delete(SIGNATURE);
  return (await signArchive(await writeArchive(files), at.keys.process)).archive;
}

test("a module of another time is refused with the reason and what to do, and disturbs nobody", async () => {
  await using at = await openInstalling();
  const of = async (change: Parameters<typeof changed>[1]) => {
    const looked = await at.archives.look(await changed(at, change));
    return looked.ok ? [] : looked.problems.map(({ code, fix }) => [code, fix?.en]);
  };
  const upgrade = expect.stringMatching(/upgrade the platform/i);

  expect(await of(() => ({}))).toEqual([]);
  for (const sdk of ["^0.99.0", "^2.0.0", `>${sdkVersion}`])
    expect(await of(() => ({ sdk }))).toEqual([["plugin.sdkRange", upgrade]]);
  // older than what this platform still serves
  expect(await of(() => ({ sdk: "^0.0.1" }))).toEqual([
    ["plugin.sdkRange", expect.stringContaining("made for this platform")],
  ]);
  const point = { point: "kernel/report@2", key: "every-point/next", title: null };
  expect(await of((manifest) => ({ contributions: [...(manifest.contributions as object[]), point] }))).toEqual([
    ["plugin.pointUnknown", upgrade],
  ]);
  expect(await of((manifest) => ({ capabilities: [...(manifest.capabilities as string[]), "mind.read"] }))).toEqual([
    ["plugin.capabilityUnknown", upgrade],
  ]);
  for (const next of [{ protocol: 2 }, { format: 2 }])
    expect(await of(() => next)).toEqual([["plugin.archiveManifest", upgrade]]);
  expect(at.host.snapshot().plugins.size).toBe(0);
});
