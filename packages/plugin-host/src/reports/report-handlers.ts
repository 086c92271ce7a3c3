import {
  DoorstepError,
  daysOfRegister,
  MOST_ROWS,
  type RegisterDays,
  type ReportResult,
  registerDays,
  reportTable,
  type Text,
} from "@doorstep/contracts";
import {
  type Actor,
  type Handlers,
  type KernelRegister,
  kernelRegisters,
  ledgerActorOf,
  markOf,
  mayAt,
  type RequestContext,
  readRegister,
  recordAccess,
  signedIn,
} from "@doorstep/kernel";
import { dayOf } from "@doorstep/sdk";
import type { ReportSpec } from "@doorstep/sdk/server";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { permissionsAt } from "../calls/call-context.ts";
import { assertOn, type Serving } from "../calls/endpoint.ts";
import { runCall } from "../calls/run-call.ts";
import { toSummary, type UnitRow, unitById } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";
import { fileOf } from "./file-of.ts";

interface Asked {
  readonly unitId?: string | undefined;
  readonly key: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Found extends Omit<ReportResult, "unit"> {
  readonly unit: UnitRow;
}

const reportsOf = (plugin: HostedPlugin | undefined): Readonly<Record<string, ReportSpec>> =>
  (plugin?.server?.part.reports ?? {}) as Readonly<Record<string, ReportSpec>>;

interface Rights {
  readonly ask: boolean;
  readonly take: boolean;
}

function rightsOf(actor: Actor, plugin: HostedPlugin, unit: UnitRow, { needs, takeNeeds }: ReportSpec): Rights {
  const held = permissionsAt(actor, plugin.manifest, unit.path);
  const ask = held.includes(needs);
  return { ask, take: ask && (takeNeeds === undefined || held.includes(takeNeeds)) };
}

const KERNEL = "kernel";
const platform: Text = { "zh-CN": "平台", en: "Platform" };
const registerParams = z.toJSONSchema(registerDays, { io: "input" });

/** The days that a register is of, by the unit's own clock. */
function periodOf({ kernel }: RequestContext, { timeZone }: UnitRow, asked: RegisterDays): Text {
  const { from, to } = daysOfRegister(dayOf(kernel.now().toISOString(), timeZone), asked);
  return { "zh-CN": `${from}至${to}`, en: `${from} to ${to}` };
}

/** Whether a module's register asks for its days, as the platform's own do. */
const asksDays = (params: unknown): boolean =>
  Object.keys((params as { readonly properties?: object } | undefined)?.properties ?? {}).join() ===
  Object.keys(registerDays.shape).join();

/** A register holds the lines that its reader may open anyway; its page belongs to the desk of the unit. */
const keeps = (actor: Actor, unit: UnitRow, register: KernelRegister): boolean =>
  register.kept(actor) && mayAt(actor, "desk.use", unit.path.toReversed());

/**
 * A register of the kernel that whoever asks may keep at the unit, before a line of it is read.
 *
 * @throws DoorstepError `unauthorized`, `unit.notFound`, `module.notFound`, `forbidden`
 */
export async function openRegister(request: RequestContext, asked: Asked) {
  const actor = signedIn(request);
  const unit = await unitById(request.kernel.pool, asked.unitId ?? actor.unitId);
  const name = asked.key.slice(KERNEL.length + 1);
  const register = Object.hasOwn(kernelRegisters, name) ? kernelRegisters[name] : undefined;
  if (!asked.key.startsWith(`${KERNEL}/`) || !register)
    throw new DoorstepError("module.notFound", { explanation: "unknown" });
  if (!keeps(actor, unit, register)) throw new DoorstepError("forbidden");
  const days = registerDays.safeParse(asked.params);
  if (!days.success) throw new TRPCError({ code: "BAD_REQUEST", cause: days.error });
  return { actor, unit, what: { register, asked: days.data } };
}

async function runRegister(request: RequestContext, asked: Asked): Promise<Found> {
  const { actor, unit, what } = await openRegister(request, asked);
  const period = periodOf(request, unit, what.asked);
  const table = { period, ...(await readRegister(request.kernel, actor, unit, what)) };
  return { title: what.register.title, unit, at: request.kernel.now().toISOString(), table };
}

/** @throws DoorstepError `forbidden`, also where it may be read but not taken out */
async function runReport(serving: Serving, request: RequestContext, asked: Asked, right: keyof Rights): Promise<Found> {
  const actor = signedIn(request);
  const { pool } = request.kernel;
  const snapshot = serving.snapshot();
  const [pluginId = "", local = ""] = asked.key.split("/");
  const unit = await unitById(pool, asked.unitId ?? actor.unitId);
  if (pluginId === KERNEL) return await runRegister(request, asked);
  const plugin = snapshot.plugins.get(pluginId);
  const all = reportsOf(plugin);
  const spec = Object.hasOwn(all, local) ? all[local] : undefined;
  if (!plugin || !spec) throw new DoorstepError("module.notFound", { explanation: "unknown" });
  await assertOn(request, snapshot, pluginId, unit);
  if (!rightsOf(actor, plugin, unit, spec)[right]) throw new DoorstepError("forbidden");
  const params = spec.params.safeParse(asked.params);
  if (!params.success) throw new TRPCError({ code: "BAD_REQUEST", cause: params.error });
  const run = { plugin, unit, kind: "report", request } as const;
  const declared = plugin.manifest.contributions.find(({ key }) => key === asked.key)?.report;
  const days = declared?.register && asksDays(declared.params) ? registerDays.safeParse(params.data).data : undefined;
  try {
    const table = await runCall(serving, run, async (ctx) => {
      const answered = await spec.run(ctx, params.data);
      if (answered?.rows?.length > MOST_ROWS) throw new DoorstepError("table.tooLong", { max: MOST_ROWS });
      return { ...(days && { period: periodOf(request, unit, days) }), ...reportTable.parse(answered) };
    });
    return { title: spec.title, unit, at: request.kernel.now().toISOString(), table };
  } catch (error) {
    throw error instanceof DoorstepError ? error : new DoorstepError("module.failed");
  }
}

/** The kernel contract's `reports`: the kernel's own registers, and what modules answer. */
export const reportHandlers = (serving: Serving): Handlers["reports"] => ({
  list: async (request, { unitId }) => {
    const actor = signedIn(request);
    const { pool } = request.kernel;
    const unit = await unitById(pool, unitId ?? actor.unitId);
    const { rows } = await pool.query<{ plugin_id: string }>(
      "select plugin_id from kernel.plugin_effective where unit_id = $1 and enabled order by plugin_id",
      [unit.id],
    );
    const snapshot = serving.snapshot();
    const ofKernel = Object.entries(kernelRegisters).flatMap(([name, register]) =>
      keeps(actor, unit, register)
        ? [
            {
              ...{ key: `${KERNEL}/${name}`, title: register.title, module: platform },
              ...{ register: register.register ?? true, mayTake: true, params: registerParams },
            },
          ]
        : [],
    );
    const ofModules = rows.flatMap(({ plugin_id: id }) => {
      const plugin = snapshot.serves(id) ? snapshot.plugins.get(id) : undefined;
      return plugin
        ? plugin.manifest.contributions.flatMap(({ key, title, report }) => {
            const spec = reportsOf(plugin)[key.slice(id.length + 1)];
            if (!(report && title && spec)) return [];
            const { ask, take } = rightsOf(actor, plugin, unit, spec);
            const { params, register = false } = report;
            return ask ? [{ key, title, module: plugin.manifest.title, register, mayTake: take, params }] : [];
          })
        : [];
    });
    return [...ofKernel, ...ofModules];
  },
  run: async (request, asked) => {
    const { unit, ...result } = await runReport(serving, request, asked, "ask");
    return { ...result, unit: toSummary(unit) };
  },
  take: async (request, { format, locale: wished, ...asked }) => {
    const actor = signedIn(request);
    const { unit, ...result } = await runReport(serving, request, asked, "take");
    const at = request.kernel.now();
    const mark = markOf({ by: actor.name, at, unit: unit.name, zone: unit.timeZone });
    const taken = { ...result, unit: toSummary(unit) };
    const file = await fileOf(taken, { format, mark, locale: wished ?? actor.locale, at });
    await recordAccess(request.kernel, {
      type: "data.exported",
      actor: ledgerActorOf(actor),
      facts: { what: "report", report: asked.key, format, unit: unit.id, count: result.table.rows.length },
    });
    const fileName = `${asked.key.replace("/", "-")}.${format}`;
    return { ...taken, mark, fileName, file: file && Buffer.from(file).toString("base64") };
  },
});
