import type { Locale, Text } from "@doorstep/contracts";
import type { Plugin, PluginSpec } from "../define-plugin.ts";
import type { Ctx } from "./context.ts";

/**
 * That somebody has news, and how he is reached. What it is about is not part of it: no title, no number, no name.
 *
 * @since 0.1
 */
export interface TransportMessage {
  /** How many things are new; one message stands for all of them. */
  readonly count: number;
  /** Instant of the oldest of them. */
  readonly since: string;
  /** As the person asked for. */
  readonly mode: "atOnce" | "daily";
  /** Somebody is in danger and he is on duty: no quiet hours, no summary. */
  readonly urgent: boolean;
  readonly locale: Locale;
  /** For this one call: it must not be kept or logged. */
  readonly address: string;
  /** Where to sign in; `null` where the house does not know its own address. */
  readonly link: string | null;
}

/**
 * What became of a message. `later`: the host asks again then, with what has become new meanwhile. `refused`: for good,
 * with a code that an administrator is shown.
 *
 * @since 0.1
 */
export type TransportResult =
  | { readonly state: "sent" }
  | { readonly state: "later"; readonly until: string }
  | { readonly state: "refused"; readonly code: string };

/**
 * A way to reach people outside the portal. Point `kernel/transport@1`; needs the capability `addresses`. 30 s at most.
 * Where it throws the host tries again, later and later; nothing is lost. The same message may come twice.
 *
 * @since 0.1
 */
export interface TransportSpec<P extends PluginSpec = PluginSpec> {
  readonly title: Text;
  send(ctx: Ctx<P>, message: TransportMessage): Promise<TransportResult>;
}

/**
 * Fixes the types of one transport; returns what it is given.
 *
 * @since 0.1
 */
export const transport = <P extends PluginSpec>(_plugin: Plugin<P>, spec: TransportSpec<P>): TransportSpec<P> => spec;
