import type { CaseEventFacts, CaseEventType, Id } from "@doorstep/contracts";
import type { PluginSpec } from "../define-plugin.ts";
import type { Ctx } from "./context.ts";

/**
 * Something that happened to a petition: ids and codes, never a word of it.
 *
 * @since 0.1
 */
export type CaseEvent<E extends CaseEventType = CaseEventType> = {
  /** The same for every time it is given: by it a repeat is known. */
  readonly id: Id;
  readonly type: E;
  /** Instant. */
  readonly at: string;
  readonly caseId: Id;
} & Readonly<CaseEventFacts<E>>;

/**
 * Hears of one kind of event. Point `kernel/event/<name>@1`; 30 s at most.
 *
 * It is called after the act is done, at least once, in the order of each petition, and only for petitions held at a unit
 * where the plugin is on (`ctx.unit`); of accusations nothing is heard. Where it fails it is called again, eight times
 * within about two hours, and then when an administrator says so; later events of that petition wait, others go on.
 *
 * @since 0.1
 */
export type EventHandler<P extends PluginSpec, E extends CaseEventType> = (
  ctx: Ctx<P>,
  event: CaseEvent<E>,
) => void | Promise<void>;

/** Handlers by the name of the event. */
export type EventHandlers<P extends PluginSpec> = { readonly [E in CaseEventType]?: EventHandler<P, E> };

/** Handlers as the host calls them. */
export type AnyEventHandlers = Readonly<Record<string, EventHandler<PluginSpec, CaseEventType> | undefined>>;
