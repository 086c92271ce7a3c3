import type { CaseEventType } from "@doorstep/contracts";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { PluginSpec } from "../define-plugin.ts";
import type { AddressSpec } from "../server/address.ts";
import type { ChannelSpec } from "../server/channel.ts";
import type { DatasetSpec } from "../server/dataset.ts";
import type { EventHandler } from "../server/event.ts";
import type { JobSpec } from "../server/job.ts";
import type { AnyPluginServer } from "../server/plugin-server.ts";
import type { ReportSpec } from "../server/report.ts";
import type { RoutingSpec } from "../server/routing.ts";
import type { TemplateSpec } from "../server/template.ts";
import type { TransportSpec } from "../server/transport.ts";
import { carryError } from "./carry-error.ts";
import type { Asked, RpcAnswer } from "./messages.ts";

type AskedFor<K extends Asked["kind"]> = Extract<Asked, { readonly kind: K }>;
type Answer<K extends Asked["kind"]> = (
  part: AnyPluginServer["part"],
  asked: AskedFor<K>,
  ctx: never,
  server: AnyPluginServer,
) => unknown;

/** What the plugin gave under a key. @throws Error where it gave nothing */
function given<T>(all: unknown, key: string): T {
  const record = (all ?? {}) as Readonly<Record<string, T>>;
  const found = Object.hasOwn(record, key) ? record[key] : undefined;
  if (found === undefined) throw new Error(`the plugin has no ${key} of that kind`);
  return found;
}

async function answerRpc(server: AnyPluginServer, asked: AskedFor<"rpc">, ctx: object): Promise<RpcAnswer> {
  const { router } = server.part;
  if (!router) throw new Error("the plugin has no router");
  let defect: string | null = null;
  const response = await fetchRequestHandler({
    endpoint: `/rpc/p/${server.plugin.id}`,
    req: new Request(asked.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: asked.body,
    }),
    router,
    createContext: () => ctx,
    allowMethodOverride: true,
    onError: ({ error }) => {
      if (error.code !== "INTERNAL_SERVER_ERROR") return;
      const carried = carryError(error.cause ?? error);
      defect ??= carried.kind === "defect" ? carried.line : carried.code;
    },
  });
  return { status: response.status, body: await response.text(), defect };
}

const answers: { readonly [K in Asked["kind"]]: Answer<K> } = {
  rpc: (_part, asked, ctx, server) => answerRpc(server, asked, ctx),
  anonymous: (part, asked, ctx) => given<ChannelSpec>(part.channels, asked.channel).anonymous?.(ctx) ?? true,
  toCase: (part, asked, ctx) => {
    const channel = given<ChannelSpec>(part.channels, asked.channel);
    if (!channel.form || !channel.toCase) throw new Error("nobody files here himself");
    return channel.toCase(ctx, channel.form.parse(asked.form));
  },
  send: (part, asked, ctx) => given<TransportSpec>(part.transports, asked.transport).send(ctx, asked.message),
  address: (part, asked, ctx) => given<AddressSpec>(part.addresses, asked.address).answer(ctx, asked.request),
  report: (part, asked, ctx) => {
    const report = given<ReportSpec>(part.reports, asked.report);
    return report.run(ctx, report.params.parse(asked.params));
  },
  dataset: (part, asked, ctx) => given<DatasetSpec>(part.datasets, asked.dataset).live(ctx, { month: asked.month }),
  render: (part, asked) => {
    const template = given<TemplateSpec>(part.templates, asked.template);
    return template.render(template.data.parse(asked.data));
  },
  decide: (part, asked, ctx) => given<RoutingSpec>(part.routing, asked.rule).decide(ctx, asked.petition),
  job: (part, asked, ctx) => given<JobSpec>(part.jobs, asked.job).run(ctx),
  event: (part, asked, ctx) =>
    given<EventHandler<PluginSpec, CaseEventType>>(part.on, asked.event.type)(ctx, asked.event),
  extend: (part, asked) => {
    const one = (part.extend ?? []).find((each) => each.point === asked.point && each.key === asked.key);
    return given<(input: unknown) => unknown>(one?.calls, asked.name)(asked.input);
  },
};

/** Runs what the host asks for. @throws whatever the plugin throws */
export async function answerTo(server: AnyPluginServer, asked: Asked, ctx: object | null): Promise<unknown> {
  const answer = answers[asked.kind] as Answer<typeof asked.kind> | undefined;
  if (!answer) throw new Error("the plugin was built before the host could ask for this");
  return await answer(server.part, asked as never, ctx as never, server);
}
