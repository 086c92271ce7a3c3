import type { Calendar, PolicyPackInput } from "@doorstep/contracts";
import type { AnyTRPCRouter } from "@trpc/server";
import type { Plugin, PluginSpec } from "../define-plugin.ts";
import type { Contribution } from "../points.ts";
import type { AddressSpec } from "./address.ts";
import type { ChannelSpec } from "./channel.ts";
import type { DatasetSpec } from "./dataset.ts";
import type { EventHandlers } from "./event.ts";
import type { JobSpec } from "./job.ts";
import type { ReportSpec } from "./report.ts";
import type { RoutingSpec } from "./routing.ts";
import type { TemplateSpec } from "./template.ts";
import type { TransportSpec } from "./transport.ts";

// biome-ignore lint/suspicious/noExplicitAny: a list of channels whose forms differ has no common form type.
type AnyChannel<P extends PluginSpec> = ChannelSpec<P, any>;

// biome-ignore lint/suspicious/noExplicitAny: as for channels.
type AnyReport<P extends PluginSpec> = ReportSpec<P, any>;

/**
 * Everything the server half gives.
 *
 * @since 0.1
 */
export interface ServerPart<P extends PluginSpec, R extends AnyTRPCRouter = AnyTRPCRouter> {
  /** Served at `/rpc/p/<id>`. `channel` is the host's own name there. */
  readonly router?: R;
  readonly channels?: Readonly<Record<string, AnyChannel<P>>>;
  /** Ways to reach people outside the portal. */
  readonly transports?: Readonly<Record<string, TransportSpec<P>>>;
  /** Addresses of its own for other programs, by name. */
  readonly addresses?: Readonly<Record<string, AddressSpec<P>>>;
  /** Tables that somebody at the desk asks for. */
  readonly reports?: Readonly<Record<string, AnyReport<P>>>;
  /** What it counts, for the figures that the platform releases. */
  readonly datasets?: Readonly<Record<string, DatasetSpec<P>>>;
  /** Letters of its own: `ctx.notices`. */
  // biome-ignore lint/suspicious/noExplicitAny: as for channels.
  readonly templates?: Readonly<Record<string, TemplateSpec<any>>>;
  /** Rules that say where a petition belongs. */
  readonly routing?: Readonly<Record<string, RoutingSpec<P>>>;
  /** What is done when something happens to a petition, by the name of the event. */
  readonly on?: EventHandlers<P>;
  /** Work that comes again and again. */
  readonly jobs?: Readonly<Record<string, JobSpec<P>>>;
  /** Copied into the kernel when installed: no clock depends on the plugin being on. */
  readonly policyPacks?: readonly PolicyPackInput[];
  readonly calendars?: readonly Calendar[];
  /** Contributions to other plugins' points. */
  readonly extend?: readonly Contribution[];
}

/** The default export of `server.ts`. */
export interface PluginServer<P extends PluginSpec, R extends AnyTRPCRouter> {
  readonly plugin: Plugin<P>;
  readonly part: ServerPart<P, R>;
  /** Only there to be imported as a type by the browser half. */
  readonly router: R;
}

/** Any plugin's server half, as host and test kit take it. */
// biome-ignore lint/suspicious/noExplicitAny: the context is contravariant in the plugin, so that no single type fits all.
export type AnyPluginServer = PluginServer<any, any>;

/**
 * Declares the server half of a plugin: the default export of `server.ts`.
 *
 * @since 0.1
 */
export function pluginServer<P extends PluginSpec, R extends AnyTRPCRouter = never>(
  plugin: Plugin<P>,
  part: ServerPart<P, R>,
): PluginServer<P, R> {
  return { plugin, part, router: part.router as R };
}
