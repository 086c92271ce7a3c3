import type { CaseEventType } from "@doorstep/contracts";
import type { AnyTRPCProcedure } from "@trpc/server";
import { z } from "zod";
import type { Manifest, ManifestContribution, ManifestProcedure } from "../manifest.ts";
import { eventPoint } from "../points.ts";
import type { AddressSpec } from "./address.ts";
import type { ChannelSpec } from "./channel.ts";
import type { DatasetSpec } from "./dataset.ts";
import type { JobSpec } from "./job.ts";
import type { ProcedureMeta } from "./plugin-rpc.ts";
import type { AnyPluginServer } from "./plugin-server.ts";
import type { ReportSpec } from "./report.ts";
import type { RoutingSpec } from "./routing.ts";
import type { TemplateSpec } from "./template.ts";
import type { TransportSpec } from "./transport.ts";

const jsonSchema = (schema: z.ZodType): Readonly<Record<string, unknown>> => z.toJSONSchema(schema, { io: "input" });

/** Every procedure by its path, `group.name`. */
export function proceduresOf(server: AnyPluginServer): Readonly<Record<string, AnyTRPCProcedure>> {
  return (server.part.router?._def.procedures ?? {}) as Readonly<Record<string, AnyTRPCProcedure>>;
}

const manifestProcedures = (server: AnyPluginServer): Record<string, ManifestProcedure> =>
  Object.fromEntries(
    Object.entries(proceduresOf(server)).map(([path, procedure]) => [
      path,
      {
        kind: procedure._def.type === "query" ? "query" : "mutation",
        needs: (procedure._def.meta as ProcedureMeta | undefined)?.needs ?? "signedIn",
      },
    ]),
  );

function contributionsOf(server: AnyPluginServer): ManifestContribution[] {
  const { plugin, part } = server;
  const channels = Object.entries((part.channels ?? {}) as Readonly<Record<string, ChannelSpec>>);
  const transports = Object.entries((part.transports ?? {}) as Readonly<Record<string, TransportSpec>>);
  const addresses = Object.entries((part.addresses ?? {}) as Readonly<Record<string, AddressSpec>>);
  const reports = Object.entries((part.reports ?? {}) as Readonly<Record<string, ReportSpec>>);
  const datasets = Object.entries((part.datasets ?? {}) as Readonly<Record<string, DatasetSpec>>);
  const templates = Object.entries((part.templates ?? {}) as Readonly<Record<string, TemplateSpec>>);
  const rules = Object.entries((part.routing ?? {}) as Readonly<Record<string, RoutingSpec>>);
  const jobs = Object.entries((part.jobs ?? {}) as Readonly<Record<string, JobSpec>>);
  return [
    ...channels.map(([key, spec]) => ({
      point: "kernel/channel@1" as const,
      key: `${plugin.id}/${key}`,
      title: spec.title,
      ...(spec.form && { form: jsonSchema(spec.form) }),
      channel: {
        via: spec.via ?? "online",
        page: spec.page ?? null,
        saysAnonymous: spec.anonymous !== undefined,
        whenDisabled: spec.whenDisabled ?? "drain",
        ...(spec.listed === false && { listed: false as const }),
      },
    })),
    ...transports.map(([key, spec]) => ({
      point: "kernel/transport@1" as const,
      key: `${plugin.id}/${key}`,
      title: spec.title,
    })),
    ...addresses.map(([key, { title, who, methods, accepts, maxBytes, perMinute }]) => ({
      point: "kernel/address@1" as const,
      key: `${plugin.id}/${key}`,
      title,
      address: {
        who,
        methods,
        accepts: accepts ?? ["application/json"],
        maxBytes: maxBytes ?? 65_536,
        perMinute: perMinute ?? 60,
      },
    })),
    ...reports.map(([key, { title, needs, takeNeeds, register, params }]) => ({
      point: "kernel/report@1" as const,
      key: `${plugin.id}/${key}`,
      title,
      report: {
        needs,
        ...(takeNeeds !== undefined && { takeNeeds }),
        ...(register === true && { register }),
        params: jsonSchema(params),
      },
    })),
    ...datasets.map(([key, { title, dimensions, measures }]) => ({
      point: "kernel/dataset@1" as const,
      key: `${plugin.id}/${key}`,
      title,
      dataset: { dimensions, measures },
    })),
    ...templates.map(([key, { title, data }]) => ({
      point: "kernel/template@1" as const,
      key: `${plugin.id}/${key}`,
      title,
      template: { data: jsonSchema(data) },
    })),
    ...rules.map(([key, { title, priority }]) => ({
      point: "kernel/routing@1" as const,
      key: `${plugin.id}/${key}`,
      title,
      routing: { priority },
    })),
    ...jobs.map(([key, { every, scope, alsoWhereOff }]) => ({
      point: "kernel/job@1" as const,
      key: `${plugin.id}/${key}`,
      title: null,
      job: { every, scope, ...(alsoWhereOff && { alsoWhereOff }) },
    })),
    ...Object.entries(plugin.procedures).map(([key, { title, runs }]) => ({
      point: "kernel/procedure@1" as const,
      key: `${plugin.id}/${key}`,
      title,
      procedure: { runs },
    })),
    ...Object.keys(part.on ?? {}).map((type) => ({
      point: eventPoint(type as CaseEventType),
      key: `${plugin.id}/${type}`,
      title: null,
    })),
    ...(part.policyPacks ?? []).map((pack) => ({
      point: "kernel/policy-pack@1" as const,
      key: `${pack.id}@${pack.version}`,
      title: pack.title,
    })),
    ...(part.calendars ?? []).map((one) => ({ point: "kernel/calendar@1" as const, key: one.id, title: one.title })),
    ...(part.extend ?? []).map((one) => ({ point: one.point, key: `${plugin.id}/${one.key}`, title: null })),
  ];
}

/** Writes down what a plugin is, from its definition. The host works with this alone until the plugin is loaded. */
export function manifestOf(server: AnyPluginServer, version: string): Manifest {
  const { plugin } = server;
  return {
    format: 1,
    protocol: 1,
    id: plugin.id,
    version,
    title: plugin.title,
    purpose: plugin.purpose,
    sdk: plugin.sdk,
    requires: plugin.requires,
    capabilities: plugin.capabilities,
    permissions: plugin.permissions,
    onByDefault: plugin.onByDefault,
    ...(plugin.retention && { retention: plugin.retention }),
    settings: plugin.settings ? jsonSchema(plugin.settings) : { type: "object", properties: {} },
    ...(plugin.caseData && { caseData: jsonSchema(plugin.caseData) }),
    ...(plugin.http.length > 0 && { http: plugin.http }),
    ...(plugin.httpFrom && { httpFrom: plugin.httpFrom }),
    ...(Object.keys(plugin.news).length > 0 && { news: plugin.news }),
    ...(Object.keys(plugin.clocks).length > 0 && { clocks: plugin.clocks }),
    contributions: contributionsOf(server),
    procedures: manifestProcedures(server),
  };
}
