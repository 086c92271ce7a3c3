import { isCaseEventType } from "@doorstep/contracts";
import type { Manifest } from "@doorstep/sdk";
import type { RpcAnswer } from "@doorstep/sdk/runner";
import type {
  AddressSpec,
  AnyEventHandlers,
  AnyPluginServer,
  ChannelSpec,
  DatasetSpec,
  JobSpec,
  ReportSpec,
  RoutingSpec,
  TemplateSpec,
  TransportSpec,
} from "@doorstep/sdk/server";
import { z } from "zod";
import { OddAnswer, type Supervised } from "./supervise.ts";

type Ctx = Readonly<Record<string | symbol, unknown>>;

const schemaOf = (json: Readonly<Record<string, unknown>>): z.ZodObject =>
  z.fromJSONSchema(json as z.core.JSONSchema.JSONSchema) as z.ZodObject;

/** Local name of a contribution: `box/letters` is `letters`. */
const localKey = (key: string): string => key.slice(key.indexOf("/") + 1);

function channelsOf(manifest: Manifest, remote: Supervised): Record<string, ChannelSpec> {
  const found = manifest.contributions.flatMap((one) => {
    if (one.point !== "kernel/channel@1" || !one.channel || !one.title) return [];
    const key = localKey(one.key);
    const { via, page, saysAnonymous, whenDisabled, listed } = one.channel;
    const spec: ChannelSpec = {
      title: one.title,
      via,
      whenDisabled,
      ...(listed === false && { listed }),
      ...(page !== null && { page }),
      ...(saysAnonymous && {
        anonymous: async (ctx) =>
          (await remote.call({ kind: "anonymous", channel: key }, ctx as unknown as Ctx)) === true,
      }),
      ...(one.form && {
        form: schemaOf(one.form),
        toCase: async (ctx, form) =>
          (await remote.call({ kind: "toCase", channel: key, form }, ctx as unknown as Ctx)) as never,
      }),
    };
    return [[key, spec] as const];
  });
  return Object.fromEntries(found);
}

function transportsOf(manifest: Manifest, remote: Supervised): Record<string, TransportSpec> {
  const found = manifest.contributions.flatMap((one) => {
    if (one.point !== "kernel/transport@1" || !one.title) return [];
    const key = localKey(one.key);
    const spec: TransportSpec = {
      title: one.title,
      send: async (ctx, message) =>
        (await remote.call({ kind: "send", transport: key, message }, ctx as unknown as Ctx)) as never,
    };
    return [[key, spec] as const];
  });
  return Object.fromEntries(found);
}

function addressesOf(manifest: Manifest, remote: Supervised): Record<string, AddressSpec> {
  const found = manifest.contributions.flatMap((one) => {
    if (one.point !== "kernel/address@1" || !one.address || !one.title) return [];
    const key = localKey(one.key);
    const spec: AddressSpec = {
      title: one.title,
      ...one.address,
      answer: async (ctx, request) =>
        (await remote.call({ kind: "address", address: key, request }, ctx as unknown as Ctx)) as never,
    };
    return [[key, spec] as const];
  });
  return Object.fromEntries(found);
}

function reportsOf(manifest: Manifest, remote: Supervised): Record<string, ReportSpec> {
  const found = manifest.contributions.flatMap((one) => {
    if (one.point !== "kernel/report@1" || !one.report || !one.title) return [];
    const key = localKey(one.key);
    const spec: ReportSpec = {
      title: one.title,
      needs: one.report.needs,
      ...(one.report.takeNeeds !== undefined && { takeNeeds: one.report.takeNeeds }),
      ...(one.report.register && { register: true }),
      params: schemaOf(one.report.params),
      run: async (ctx, params) =>
        (await remote.call({ kind: "report", report: key, params }, ctx as unknown as Ctx)) as never,
    };
    return [[key, spec] as const];
  });
  return Object.fromEntries(found);
}

function datasetsOf(manifest: Manifest, remote: Supervised): Record<string, DatasetSpec> {
  const found = manifest.contributions.flatMap((one) => {
    if (one.point !== "kernel/dataset@1" || !one.dataset || !one.title) return [];
    const key = localKey(one.key);
    const spec: DatasetSpec = {
      title: one.title,
      ...one.dataset,
      live: async (ctx, { month }) =>
        (await remote.call({ kind: "dataset", dataset: key, month }, ctx as unknown as Ctx)) as never,
    };
    return [[key, spec] as const];
  });
  return Object.fromEntries(found);
}

function templatesOf(manifest: Manifest, remote: Supervised): Record<string, TemplateSpec> {
  const found = manifest.contributions.flatMap((one) => {
    if (one.point !== "kernel/template@1" || !one.template || !one.title) return [];
    const key = localKey(one.key);
    const spec: TemplateSpec = {
      title: one.title,
      data: schemaOf(one.template.data),
      render: async (data) => (await remote.call({ kind: "render", template: key, data }, null)) as never,
    };
    return [[key, spec] as const];
  });
  return Object.fromEntries(found);
}

function rulesOf(manifest: Manifest, remote: Supervised): Record<string, RoutingSpec> {
  const found = manifest.contributions.flatMap((one) => {
    if (one.point !== "kernel/routing@1" || !one.routing || !one.title) return [];
    const key = localKey(one.key);
    const spec: RoutingSpec = {
      title: one.title,
      priority: one.routing.priority,
      decide: async (ctx, petition) =>
        (await remote.call({ kind: "decide", rule: key, petition }, ctx as unknown as Ctx)) as never,
    };
    return [[key, spec] as const];
  });
  return Object.fromEntries(found);
}

function jobsOf(manifest: Manifest, remote: Supervised): Record<string, JobSpec> {
  const found = manifest.contributions.flatMap((one) => {
    if (one.point !== "kernel/job@1" || !one.job) return [];
    const key = localKey(one.key);
    const spec: JobSpec = {
      every: one.job.every as JobSpec["every"],
      scope: one.job.scope,
      ...(one.job.alsoWhereOff && { alsoWhereOff: true }),
      run: async (ctx) => void (await remote.call({ kind: "job", job: key }, ctx as unknown as Ctx)),
    };
    return [[key, spec] as const];
  });
  return Object.fromEntries(found);
}

function handlersOf(manifest: Manifest, remote: Supervised): AnyEventHandlers {
  const found = manifest.contributions.flatMap((one) => {
    const type = localKey(one.key);
    if (!one.point.startsWith("kernel/event/") || !isCaseEventType(type)) return [];
    const handler: AnyEventHandlers[string] = async (ctx, event) =>
      void (await remote.call({ kind: "event", event }, ctx as unknown as Ctx));
    return [[type, handler] as const];
  });
  return Object.fromEntries(found);
}

const proceduresOf = (manifest: Manifest): AnyPluginServer["plugin"]["procedures"] =>
  Object.fromEntries(
    manifest.contributions.flatMap(({ key, title, procedure }) =>
      procedure && title ? [[localKey(key), { title, ...procedure }]] : [],
    ),
  );

/**
 * A plugin that runs elsewhere, in the shape of one that runs here: everything the host reads is data of its manifest, and
 * everything it calls is a message. What comes back is checked where it is used, as for any plugin.
 */
export function remoteServer(manifest: Manifest, remote: Supervised): AnyPluginServer {
  const { extend, policyPacks, calendars } = remote.given;
  return {
    plugin: {
      id: manifest.id,
      title: manifest.title,
      purpose: manifest.purpose,
      sdk: manifest.sdk,
      capabilities: manifest.capabilities,
      permissions: manifest.permissions,
      requires: manifest.requires,
      onByDefault: manifest.onByDefault,
      settings: schemaOf(manifest.settings),
      http: manifest.http ?? [],
      ...(manifest.httpFrom && { httpFrom: manifest.httpFrom }),
      news: manifest.news ?? {},
      procedures: proceduresOf(manifest),
      clocks: manifest.clocks ?? {},
      ...(manifest.caseData && { caseData: schemaOf(manifest.caseData) }),
    },
    part: {
      channels: channelsOf(manifest, remote),
      transports: transportsOf(manifest, remote),
      addresses: addressesOf(manifest, remote),
      reports: reportsOf(manifest, remote),
      datasets: datasetsOf(manifest, remote),
      templates: templatesOf(manifest, remote),
      routing: rulesOf(manifest, remote),
      jobs: jobsOf(manifest, remote),
      on: handlersOf(manifest, remote),
      policyPacks,
      calendars,
      extend: extend.map(({ point, key, data, names }) => ({
        point,
        key,
        data,
        calls: Object.fromEntries(
          names.map((name) => [
            name,
            (input: unknown) => remote.call({ kind: "extend", point, key, name, input }, null),
          ]),
        ),
      })),
    },
    router: undefined,
  };
}

const rpcAnswer: z.ZodType<RpcAnswer> = z.object({
  // those that may have a body
  status: z
    .int()
    .min(200)
    .max(599)
    .refine((status) => ![204, 205, 304].includes(status)),
  body: z.string(),
  defect: z.string().nullable(),
});

/** Sends a request for the plugin's own procedures there, and makes a response of what comes back. */
export async function forward(
  remote: Supervised,
  request: Request,
  ctx: Ctx,
): Promise<{ readonly response: Response; readonly defect: string | null }> {
  const asked = { kind: "rpc", url: request.url, body: await request.text() } as const;
  const answer = rpcAnswer.safeParse(await remote.call(asked, ctx));
  if (!answer.success) throw new OddAnswer("the answer is not what was agreed");
  const { status, body, defect } = answer.data;
  // No header of the plugin's goes out: a cookie would be everybody's.
  return { response: new Response(body, { status, headers: { "content-type": "application/json" } }), defect };
}
