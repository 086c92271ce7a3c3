import { type CaseEventType, isCaseEventType } from "@doorstep/contracts";

/**
 * The points of the platform in this version, each with its major. A breaking change is a new point beside the old one.
 *
 * @since 0.1
 */
export const kernelPoints = [
  "kernel/channel@1",
  "kernel/procedure@1",
  "kernel/job@1",
  "kernel/report@1",
  "kernel/dataset@1",
  "kernel/template@1",
  "kernel/routing@1",
  "kernel/transport@1",
  "kernel/address@1",
  "kernel/policy-pack@1",
  "kernel/calendar@1",
  "portal/home-tile@1",
  "portal/page@1",
  "portal/filing-step@1",
  "portal/track-panel@1",
  "desk/page@1",
  "desk/queue-view@1",
  "desk/queue-column@1",
  "desk/case-tab@1",
  "desk/case-side@1",
  "desk/case-action@1",
  "desk/register-fields@1",
  "leader/widget@1",
  "admin/page@1",
  "admin/unit-tab@1",
  "admin/settings-form@1",
] as const;
export type KernelPoint = (typeof kernelPoints)[number] | EventPoint;

/** There is one for each event of a petition. */
type EventPoint = `kernel/event/${CaseEventType}@1`;

/** The point at which an event is heard. */
export const eventPoint = <E extends CaseEventType>(type: E) => `kernel/event/${type}@1` as const;

/** Whether this platform has the point. */
export const isKernelPoint = (point: string): point is KernelPoint =>
  (kernelPoints as readonly string[]).includes(point) ||
  isCaseEventType(/^kernel\/event\/(.+)@1$/.exec(point)?.[1] ?? "");

/** `owner/name@major` */
export type PointId = `${string}/${string}@${number}`;

// biome-ignore lint/suspicious/noExplicitAny: any function is meant; `never` would refuse every implementation.
type Calls = Readonly<Record<string, (input: any) => Promise<unknown>>>;

/**
 * A typed place where the kernel or another plugin accepts something. `D` is plain data, `F` are functions of the
 * contributor, called as messages.
 *
 * @since 0.1
 */
export interface ExtensionPoint<D, F = object> {
  readonly id: PointId;
  /** Carries the types; never there at run time. */
  readonly types?: readonly [D, F];
}

/** A value given to a point under a key. */
export interface Contribution {
  readonly point: PointId;
  readonly key: string;
  readonly data: unknown;
  readonly calls: Calls;
}

/** A contribution as the owner of the point reads it. */
export interface Contributed<D, F> {
  /** `<plugin>/<key>` */
  readonly key: string;
  readonly plugin: string;
  readonly data: D;
  readonly call: F;
}

/**
 * Opens a point for other plugins: one line in the owner's `contract.ts`, the only file that others may import.
 *
 * @since 0.1
 */
export function extensionPoint<D, F extends Calls = Record<never, never>>(
  id: PointId,
): ExtensionPoint<D, F> & {
  add(key: string, data: D, ...calls: Record<never, never> extends F ? [] : [F]): Contribution;
} {
  return { id, add: (key, data, ...calls) => ({ point: id, key, data, calls: calls[0] ?? {} }) };
}
