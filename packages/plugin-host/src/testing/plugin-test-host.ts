import { type CaseEventType, DoorstepError } from "@doorstep/contracts";
import { connect, pluginNames, withLogin } from "@doorstep/database";
import { type Actor, deliverNotifications, kernelHandlers, notify, type OutboxEvent, pumpOnce } from "@doorstep/kernel";
import { fileForTest, type TestKernel } from "@doorstep/kernel/testing";
import {
  type ProvidedHost,
  type ProvideOptions,
  type TestCaller,
  type TestDelivery,
  type TestUnit,
  testUnits,
} from "@doorstep/sdk/test";
import { toUnit } from "../calls/capabilities.ts";
import { unitsById } from "../choices/unit-rows.ts";
import { connectSystem } from "./connect-system.ts";
import { openInstalling } from "./open-installing.ts";
import { openTestHost, sourceOf, type TestPluginHost } from "./open-test-host.ts";

/** An event of a petition at the brigade, as the outbox would tell it. */
function eventOf(test: TestKernel, module: string, caseId: string, type: CaseEventType): OutboxEvent {
  const { newId, now } = test.kernel;
  const ids = { id: newId(), caseId, unitId: test.units.brigade };
  const clock = { clock: newId(), code: "K2", signal: "due", dueOn: now().toISOString().slice(0, 10) };
  const moved = { from: "received", to: "registered", act: "register" };
  const payload = { ...moved, ...clock, class: "caseFile", module, task: newId() };
  return { ...ids, epoch: 1, xid: "1", at: now(), seq: 1, type, payload };
}

/** Makes the signed archive of a plugin from its folder. */
type BuildArchive = (root: string, privateKey: string) => Promise<Uint8Array>;

async function open({ server, root, now, mode = "inline", beside = [] }: ProvideOptions, build: BuildArchive) {
  const options = {
    handlers: kernelHandlers as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>,
    ...(now !== undefined && { now }),
  };
  if (mode === "inline")
    return await openTestHost({ ...options, sources: [server, ...beside].map((one) => sourceOf(one, root)) });
  const at = await openInstalling(options);
  try {
    const problems = await at.install(await build(root, at.keys[mode]));
    if (problems.length > 0) throw new Error(problems.join("; "));
    return at as TestPluginHost;
  } catch (error) {
    await at[Symbol.asyncDispose]();
    throw error;
  }
}

/** The other side of the SDK's test kit. */
export async function providePluginHost(options: ProvideOptions, build: BuildArchive): Promise<ProvidedHost> {
  const id: string = options.server.plugin.id;
  const at = await open(options, build);
  const plugin = at.host.snapshot().plugins.get(id);
  if (!plugin) throw new Error(`the plugin ${id} is not known to the host`);
  const { test, kernel } = at;
  const admin = await test.person("test administrator", "brigade", [
    { role: "unitAdmin", unit: "brigade", subtree: true },
  ]);
  const rows = await unitsById(kernel.pool, Object.values(test.units));
  const units = Object.fromEntries(
    testUnits.flatMap((name) => {
      const row = rows.get(test.units[name]);
      return row ? [[name, toUnit(row)]] : [];
    }),
  ) as unknown as ProvidedHost["units"];
  const people = new Map<string, Actor>();
  const personOf = async (role: string, unit: TestUnit): Promise<Actor> => {
    const key = `${role} ${unit}`;
    const person = people.get(key) ?? (await test.person(key, unit, [{ role, unit, subtree: true }]));
    people.set(key, person);
    return person;
  };
  const tokens = new Map<TestUnit, Promise<string>>();
  const tokenAt = (unit: TestUnit): Promise<string> => {
    const made = tokens.get(unit) ?? connectSystem(test, unit);
    tokens.set(unit, made);
    return made;
  };
  const callerOf = async ({ role, unit }: TestCaller): Promise<Actor | undefined> =>
    role === null ? undefined : await personOf(role, unit);
  const events = new Map<CaseEventType, OutboxEvent>();
  let petition: string | undefined;
  const own = connect(withLogin(test.database.url, pluginNames(id).login), { max: 1 });
  const revision = async (): Promise<number> =>
    (await kernel.pool.query("select revision from kernel.plugin_registry")).rows[0].revision;
  const choose: ProvidedHost["choose"] = async (unit, choice, pluginId = id) => {
    const change = { unitId: test.units[unit], pluginId, choice, lock: false, why: "test" };
    await at.as(admin).modules.choose({ revision: await revision(), changes: [change] });
  };
  return {
    units,
    manifest: plugin.manifest,
    problems: plugin.problems.map((one) => `${one.code}: ${one.message.en}`),
    relations: async () => {
      const { rows: found } = await test.database.pool.query<{ name: string }>(
        `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where pg_get_userbyid(c.relowner) = $1 and n.nspname <> 'pg_toast'`,
        [pluginNames(id).owner],
      );
      return found.map((one) => one.name);
    },
    handle: async (request, caller) => {
      const actor = await callerOf(caller);
      return await at.host.handle(id, request, {
        context: { ...at.request(actor), codeCaseId: caller.codeOf },
        unitId: test.units[caller.at],
      });
    },
    visit: async (path, init, unit, system) => {
      const headers = new Headers(init.headers);
      if (system !== null) headers.set("authorization", `Bearer ${await tokenAt(system)}`);
      const url = `http://localhost/x/${id}/${units[unit].code}/${path}`;
      const request = new Request(url, { ...init, headers });
      return await at.host.visit({
        request,
        locale: "en",
        context: at.request(),
        read: async (maxBytes) => {
          const bytes = new Uint8Array(await request.arrayBuffer());
          if (bytes.byteLength > maxBytes) throw new DoorstepError("input.tooLarge");
          return bytes;
        },
        take: () => 0,
      });
    },
    runReport: async (caller, report, params) => {
      const asked = { key: `${id}/${report}`, unitId: test.units[caller.at], params };
      return (await at.as(await callerOf(caller)).reports.run(asked)).table;
    },
    takeReport: async (caller, report, params, format) => {
      const asked = { key: `${id}/${report}`, unitId: test.units[caller.at], params, format };
      const { table, mark, fileName, file } = await at.as(await callerOf(caller)).reports.take(asked);
      return { table, mark, fileName, bytes: file === null ? null : Buffer.from(file, "base64") };
    },
    choose,
    saveSettings: async (unit, values) => {
      await at.as(admin).modules.saveSettings({
        unitId: test.units[unit],
        pluginId: id,
        revision: await revision(),
        values,
        lock: [],
        why: "test",
      });
    },
    sql: async (text, values = []) => (await own.query(text, [...values])).rows,
    kernelSql: async (text, values = []) => (await test.database.pool.query(text, [...values])).rows,
    addUnit: async (code, parent) => {
      const unitId = kernel.newId();
      await test.database.pool.query(
        `insert into kernel.units (id, code, name_zh, name_en, level, parent_id, path, time_zone, calendar_region, policy_pack, valid_from)
         select $1::uuid, $2, $2, $2, level + 1, id, path || $1::uuid, time_zone, calendar_region, policy_pack, valid_from
           from kernel.units where id = $3`,
        [unitId, code, test.units[parent]],
      );
      return unitId;
    },
    tellNews: async ({ unit, address, mode = "atOnce", urgent = false }) => {
      const actor = people.get(`news ${address}`) ?? (await test.person("news", unit, []));
      people.set(`news ${address}`, actor);
      const { personId } = actor;
      await kernel.pool.query("update kernel.people set mail = $2 where id = $1", [personId, address]);
      await kernel.pool.query(
        `insert into kernel.notification_settings (recipient, mail) values ($1, $2)
         on conflict (recipient) do update set mail = excluded.mail`,
        [personId, mode],
      );
      await notify(kernel, [personId], { kind: urgent ? "duty" : "progress", caseId: null, key: kernel.newId() });
    },
    deliverNews: async () => (await deliverNotifications(kernel, at.host.hand, null, { wait: true })) ?? 0,
    news: async () => {
      const { rows: owed } = await kernel.pool.query<Omit<TestDelivery, "nextAt"> & { nextAt: Date | null }>(
        `select state, attempts, error, next_at as "nextAt" from kernel.notification_deliveries order by at, notification_id`,
      );
      return owed.map((one) => ({ ...one, nextAt: one.nextAt?.toISOString() ?? null }));
    },
    hear: async (type, facts = {}) => {
      const [consumer] = at.host.consumers();
      petition ??= await fileForTest(test, { unitId: test.units.brigade });
      const heard = events.get(type) ?? eventOf(test, id, petition, type);
      events.set(type, heard);
      await consumer?.handle({ ...heard, payload: { ...heard.payload, ...facts } });
    },
    advance: async (by) => {
      test.clock.advance(by);
      await at.host.jobs.runDue();
      await pumpOnce(kernel, at.host.consumers());
    },
    close: async () => {
      await own.end();
      await at[Symbol.asyncDispose]();
    },
  };
}
