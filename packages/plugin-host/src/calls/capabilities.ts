import { type CaseView, DoorstepError, type QueueItem } from "@doorstep/contracts";
import {
  type Blobs,
  chargesOf,
  type Kernel,
  mayGoTo,
  ownBrief,
  type RequestContext,
  signedIn,
  suggestAct,
  tookPart,
  visibleTo,
} from "@doorstep/kernel";
import type { Capability, CapabilityApi, CaseBrief, Unit } from "@doorstep/sdk";
import type { HttpAsked } from "@doorstep/sdk/runner";
import { z } from "zod";
import { type Reader, type UnitRow, unitByCode, unitsById } from "../choices/unit-rows.ts";
import type { HostedPlugin, Snapshot } from "../registry.ts";
import { appointmentsOf } from "./appointments.ts";
import { caseDataOf } from "./case-data.ts";
import { clocksOf } from "./clocks.ts";
import { consentsFor } from "./consents.ts";
import { datasetsOf } from "./datasets.ts";
import { feedOf } from "./feed.ts";
import { isHostRequest } from "./host-request.ts";
import { exchange, type Reach } from "./http.ts";
import { intakeIdentity, intakeOwn, peopleIdentity } from "./identity.ts";
import { intakeJoint } from "./joint.ts";
import type { KernelCalls } from "./kernel-calls.ts";
import { unitLettersFor } from "./letters.ts";
import { noticesOf } from "./notices.ts";
import { notifyOf } from "./notify.ts";
import { organRecordsFor } from "./organs.ts";
import { peopleNames } from "./people-names.ts";
import { pluginFiles } from "./plugin-files.ts";
import { proceduresFor } from "./procedures.ts";
import { orNull, unwrapped } from "./refused.ts";
import { tasksOf } from "./tasks.ts";
import { petitionersWordsOf, threadOf } from "./thread.ts";

/** What a capability is made from: one call of one plugin at one unit. */
export interface Grantor {
  readonly pluginId: string;
  readonly plugin: HostedPlugin;
  readonly snapshot: Snapshot;
  readonly unit: UnitRow;
  readonly reach: Reach;
  /** in whose name, perhaps nobody's */
  readonly request: RequestContext;
  readonly kernel: Pick<Kernel, "pool" | "keys" | "now" | "newId">;
  readonly calls: KernelCalls;
  readonly signal: AbortSignal;
  /** where attachments lie; absent: none can be handed over */
  readonly blobs?: Blobs | undefined;
}

export const toUnit = (unit: UnitRow): Unit => ({
  id: unit.id,
  code: unit.code,
  name: unit.name,
  timeZone: unit.timeZone,
});

const toBrief = (one: QueueItem): CaseBrief => ({
  caseId: one.caseId,
  caseNo: one.caseNo,
  title: one.title,
  state: one.state,
  category: one.category,
  confidential: one.confidentiality > 1,
  channel: one.channel,
  holder: one.holder,
  receivedAt: one.receivedAt,
  dueOn: one.dueOn,
});

const intakeFile = ({ pluginId, unit, calls }: Grantor): CapabilityApi["intake.file"] => ({
  intake: {
    file: (input) => {
      if (!input.channel.startsWith(`${pluginId}/`)) throw new DoorstepError("intake.channelClosed");
      if (input.anonymity !== "anonymous" || "petitioner" in input)
        throw new Error(`${pluginId} hands over who wrote, which intake.identity is for`);
      const unitId = input.unitId === undefined ? unit.id : input.unitId;
      // no device of the petitioner's stands behind it that could work: in a rush a person lets it through
      return unwrapped(calls.intake.file({ work: "unable", ...input, unitId }));
    },
  },
});

const intakeImport = ({ unit, calls }: Grantor): CapabilityApi["intake.import"] => ({
  intake: {
    import: async (records) => {
      if (records.length === 0) return [];
      const { outcomes } = await unwrapped(
        calls.intake.import({ records: records.map((record) => ({ unitId: unit.id, ...record })) }),
      );
      return outcomes;
    },
  },
});

/** The same of a petition that somebody has open. */
export function briefOf(view: CaseView): CaseBrief {
  const [dueOn] = view.clocks.flatMap((clock) => (clock.state === "running" ? [clock.dueOn] : [])).sort();
  return {
    caseId: view.caseId,
    caseNo: view.caseNo,
    title: view.title,
    state: view.state,
    category: view.category,
    confidential: view.confidentiality > 1,
    channel: view.channel,
    holder: { id: view.holder.id, name: view.holder.name },
    receivedAt: view.receivedAt,
    dueOn: dueOn ?? null,
  };
}

const AT_ONCE = 2_000;
const PEOPLE_AT_ONCE = 100;
const ids = z.array(z.uuid()).max(AT_ONCE);
const parts = z.object({ caseIds: ids, people: z.array(z.uuid()).max(PEOPLE_AT_ONCE) });
const unitIdsAsked = z.array(z.guid()).max(AT_ONCE);

const casesRead = ({ unit, calls, request }: Grantor): CapabilityApi["cases.read"] => {
  const found = async (query: { readonly limit?: number; readonly backlog?: boolean; readonly after?: string }) => {
    const limit = Math.min(Math.max(query.limit ?? 50, 1), 100);
    const view = query.backlog ? "backlog" : "all";
    const cursor = query.after;
    const page = await unwrapped(calls.cases.list({ view, unitId: unit.id, limit, ...(cursor && { cursor }) }));
    return { items: page.items.map(toBrief), next: page.nextCursor };
  };
  return {
    cases: {
      get: async (caseId) => {
        const found = await orNull(unwrapped(calls.cases.get({ caseId })));
        return found && briefOf(found);
      },
      visible: async (caseIds) => {
        const actor = signedIn(request);
        const asked = ids.safeParse(caseIds);
        if (!asked.success) throw new DoorstepError("input.invalid");
        return await visibleTo(request.kernel, actor, asked.data);
      },
      mayGoTo: async (caseId, unitId) =>
        z.uuid().safeParse(unitId).success &&
        (await orNull(unwrapped(calls.cases.get({ caseId })))) !== null &&
        (await mayGoTo(request.kernel, caseId, unitId)),
      original: (caseId) => orNull(unwrapped(calls.cases.original({ caseId }))),
      find: async (query = {}) => (await found(query)).items,
      findPage: async (query = {}) => await found(query),
      tookPart: async (caseIds, people) => {
        const actor = signedIn(request);
        const asked = parts.safeParse({ caseIds, people });
        if (!asked.success) throw new DoorstepError("input.invalid");
        return await tookPart(request.kernel, actor, asked.data);
      },
      charges: () => chargesOf(request.kernel, signedIn(request)),
    },
  };
};

const casesOwn = ({ request }: Grantor): CapabilityApi["cases.own"] => ({
  cases: {
    own: async (caseId) => (z.uuid().safeParse(caseId).success ? await ownBrief(request, caseId) : null),
  },
});

const WHY_CHARACTERS = 500;

const casesPropose = ({ pluginId, plugin, request, unit }: Grantor): CapabilityApi["cases.propose"] => ({
  cases: {
    propose: async (caseId, act, why) => {
      if (why.trim() === "" || why.length > WHY_CHARACTERS) throw new DoorstepError("input.invalid");
      const { title } = plugin.manifest;
      const name = { by: isHostRequest(request) ? null : signedIn(request), unitId: unit.id };
      await suggestAct(request.kernel, name, caseId, { pluginId, title, act, why });
    },
  },
});

const unitsRead = (reader: Reader): CapabilityApi["units.read"] => ({
  units: {
    get: async (unitId) => {
      const found = (await unitsById(reader, [unitId])).get(unitId);
      return found ? toUnit(found) : null;
    },
    getMany: async (unitIds) => {
      const asked = unitIdsAsked.safeParse(unitIds);
      if (!asked.success) throw new DoorstepError("input.invalid");
      return [...(await unitsById(reader, asked.data)).values()].map(toUnit);
    },
    byCode: async (code) => {
      const found = await unitByCode(reader, code);
      return found ? toUnit(found) : null;
    },
    within: async (unitId) => {
      const { rows } = await reader.query<{ id: string }>(
        "select id from kernel.units where path @> array[$1::uuid] order by code",
        [unitId],
      );
      return rows.map((row) => row.id);
    },
    above: async (unitId) => {
      const path = (await unitsById(reader, [unitId])).get(unitId)?.path.slice(0, -1).toReversed() ?? [];
      const units = await unitsById(reader, path);
      return path.flatMap((id) => {
        const found = units.get(id);
        return found ? [toUnit(found)] : [];
      });
    },
    children: async (unitId) => {
      const { rows } = await reader.query<{ id: string }>(
        "select id from kernel.units where parent_id = $1 order by code",
        [unitId],
      );
      const units = await unitsById(
        reader,
        rows.map((row) => row.id),
      );
      return rows.flatMap((row) => {
        const found = units.get(row.id);
        return found ? [toUnit(found)] : [];
      });
    },
  },
});

type Part = Readonly<Record<string, unknown>>;

const makers: Readonly<Record<Capability, (grantor: Grantor) => Part>> = {
  // Given by the host beside these: the connection is the plugin's own.
  db: () => ({}),
  addresses: () => ({}),
  serve: () => ({}),
  "intake.file": (grantor) => ({ ...intakeFile(grantor) }),
  "intake.import": (grantor) => ({ ...intakeImport(grantor) }),
  "cases.read": (grantor) => ({ ...casesRead(grantor) }),
  "intake.identity": (grantor) => ({ ...intakeIdentity(grantor) }),
  "intake.own": (grantor) => ({ ...intakeOwn(grantor) }),
  "intake.joint": (grantor) => ({ ...intakeJoint(grantor) }),
  "people.identity": (grantor) => ({ ...peopleIdentity(grantor) }),
  "people.names": (grantor) => ({ ...peopleNames(grantor) }),
  "cases.own": (grantor) => ({ ...casesOwn(grantor) }),
  "cases.propose": (grantor) => ({ ...casesPropose(grantor) }),
  appointments: (grantor) => ({ ...appointmentsOf(grantor) }),
  feed: (grantor) => ({ ...feedOf(grantor) }),
  "datasets.read": (grantor) => ({ ...datasetsOf(grantor) }),
  tasks: (grantor) => ({ ...tasksOf(grantor) }),
  thread: (grantor) => ({ ...threadOf(grantor) }),
  "thread.petitioner": (grantor) => ({ ...petitionersWordsOf(grantor) }),
  caseData: (grantor) => ({ ...caseDataOf(grantor) }),
  "units.read": (grantor) => ({ ...unitsRead(grantor.kernel.pool) }),
  http: ({ reach, signal }) => ({
    http: { exchange: (asked: HttpAsked) => exchange(reach, asked, signal) },
  }),
  notify: (grantor) => ({ ...notifyOf(grantor) }),
  organs: (grantor) => ({ ...organRecordsFor(grantor) }),
  notices: (grantor) => ({ ...noticesOf(grantor) }),
  letters: (grantor) => ({ ...unitLettersFor(grantor) }),
  consents: (grantor) => ({ ...consentsFor(grantor) }),
  clocks: (grantor) => ({ ...clocksOf(grantor) }),
  procedures: (grantor) => ({ ...proceduresFor(grantor) }),
  files: (grantor) => ({ ...pluginFiles(grantor.pluginId, grantor.kernel) }),
};

type Functions = Readonly<Record<string, (...args: never[]) => unknown>>;

/**
 * Makes every function of a capability take and give copies, as it will be when plugin code runs in another thread: what
 * cannot be cloned fails here already, and nothing of the kernel is shared.
 */
const cloning = (functions: Functions): Functions =>
  Object.fromEntries(
    Object.entries(functions).map(([name, run]) => [
      name,
      async (...args: never[]) => structuredClone(await run(...structuredClone(args))),
    ]),
  );

/** Exactly what the plugin has declared. Two capabilities under one name (`intake`) come together. */
export function grant(capabilities: readonly Capability[], grantor: Grantor): Part {
  const merged: Record<string, Functions> = {};
  for (const capability of capabilities)
    for (const [name, functions] of Object.entries(makers[capability](grantor)))
      merged[name] = { ...merged[name], ...cloning(functions as Functions) };
  return merged;
}
