/** What the server half of a plugin is written with. */
export { type CalendarEntry, calendarFile, takenDown } from "@doorstep/contracts";
export { capabilityTexts } from "./capabilities.ts";
export { type AddressAnswer, type AddressRequest, type AddressSpec, address } from "./server/address.ts";
export { type ChannelSpec, channel, type FormAsCase } from "./server/channel.ts";
export type {
  CallContext,
  CaseData,
  Clocks,
  Ctx,
  Notify,
  PluginLog,
  Procedures,
  RequestCtx,
  User,
} from "./server/context.ts";
export type { DatasetRow, DatasetSpec } from "./server/dataset.ts";
export type { AnyEventHandlers, CaseEvent, EventHandler, EventHandlers } from "./server/event.ts";
export type { Every, JobSpec } from "./server/job.ts";
export { letterDay } from "./server/letter-day.ts";
export { manifestOf, proceduresOf } from "./server/manifest-of.ts";
export {
  asRefusal,
  type PluginErrorShape,
  type ProcedureMeta,
  pluginRpc,
  REQUEST_ID,
  refusalData,
} from "./server/plugin-rpc.ts";
export { pluginSchema } from "./server/plugin-schema.ts";
export { type AnyPluginServer, type PluginServer, pluginServer, type ServerPart } from "./server/plugin-server.ts";
export { refusal } from "./server/refusal.ts";
export { caseNumbers, daysAsked, registerDays } from "./server/register.ts";
export { type ReportSpec, type ReportTable, report } from "./server/report.ts";
export type { Destination, RoutingSpec } from "./server/routing.ts";
export { type LetterTexts, type TemplateSpec, template } from "./server/template.ts";
export { type TransportMessage, type TransportResult, type TransportSpec, transport } from "./server/transport.ts";
