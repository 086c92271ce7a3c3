import type { Calendar, ErrorParams, Locale, PolicyPackInput } from "@doorstep/contracts";
import type { CaseBrief, Unit } from "../capabilities.ts";
import type { PointId } from "../points.ts";
import type { AddressRequest } from "../server/address.ts";
import type { CaseEvent } from "../server/event.ts";
import type { TransportMessage } from "../server/transport.ts";

/** What is asked of a plugin, one kind for each way of being called. */
export type Asked =
  | { readonly kind: "rpc"; readonly url: string; readonly body: string }
  | { readonly kind: "anonymous"; readonly channel: string }
  | { readonly kind: "toCase"; readonly channel: string; readonly form: Readonly<Record<string, unknown>> }
  | { readonly kind: "send"; readonly transport: string; readonly message: TransportMessage }
  | { readonly kind: "address"; readonly address: string; readonly request: AddressRequest }
  | { readonly kind: "report"; readonly report: string; readonly params: Readonly<Record<string, unknown>> }
  | { readonly kind: "dataset"; readonly dataset: string; readonly month: string }
  | { readonly kind: "render"; readonly template: string; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: "decide"; readonly rule: string; readonly petition: CaseBrief }
  | { readonly kind: "job"; readonly job: string }
  | { readonly kind: "event"; readonly event: CaseEvent }
  | {
      readonly kind: "extend";
      readonly point: PointId;
      readonly key: string;
      readonly name: string;
      readonly input: unknown;
    };

/** The answer to `rpc`: always JSON, and the first defect among its procedures. */
export interface RpcAnswer {
  readonly status: number;
  readonly body: string;
  readonly defect: string | null;
}

/** The plain part of `ctx`; functions are named, and answered by the host when they are asked. */
export interface CallData {
  readonly unit: Unit;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly now: string;
  readonly user: { readonly id: string; readonly name: string; readonly locale: Locale } | null;
  /** local names of the permissions the asker holds */
  readonly permissions: readonly string[];
  readonly requestId: string;
  /** such as `cases.get` */
  readonly functions: readonly string[];
}

/** An error as it crosses: a refusal with its code, or one line about a defect. */
export type CarriedError =
  | {
      readonly kind: "refusal";
      readonly code: string;
      readonly params: ErrorParams;
      readonly reasons: readonly { readonly code: string; readonly params?: ErrorParams }[];
    }
  | { readonly kind: "defect"; readonly line: string };

/** A contribution to another plugin's point without its functions: they are called by name. */
export interface Extension {
  readonly point: PointId;
  readonly key: string;
  readonly data: unknown;
  readonly names: readonly string[];
}

/** Protocol 1, from the host. */
export type ToPlugin =
  | { readonly type: "begin"; readonly database: string | null }
  | { readonly type: "call"; readonly call: number; readonly asked: Asked; readonly data: CallData | null }
  | { readonly type: "stop"; readonly call: number }
  | { readonly type: "answer"; readonly ask: number; readonly value: unknown }
  | { readonly type: "refuse"; readonly ask: number; readonly error: CarriedError };

/** Protocol 1, from the plugin. */
export type FromPlugin =
  | {
      readonly type: "ready";
      readonly policyPacks: readonly PolicyPackInput[];
      readonly calendars: readonly Calendar[];
      readonly extend: readonly Extension[];
    }
  | { readonly type: "done"; readonly call: number; readonly value: unknown }
  | { readonly type: "failed"; readonly call: number; readonly error: CarriedError }
  | {
      readonly type: "ask";
      readonly ask: number;
      readonly call: number;
      readonly name: string;
      readonly args: readonly unknown[];
    }
  | {
      readonly type: "log";
      readonly level: "info" | "warn";
      readonly message: string;
      readonly facts: Readonly<Record<string, unknown>>;
    };

/** Either end of the line between host and plugin; what is posted is copied. */
export interface Port<Out, In> {
  post(message: Out): void;
  onMessage(hear: (message: In) => void): void;
}
