/** The line between host and plugin. For the host and for what `doorstep build` makes, never for authors. */
export { carryError, errorFrom } from "./runner/carry-error.ts";
export { fetchBy, type HttpAnswer, type HttpAsked } from "./runner/fetch-by.ts";
export { frameOf, frameReader } from "./runner/frames.ts";
export type {
  Asked,
  CallData,
  CarriedError,
  Extension,
  FromPlugin,
  Port,
  RpcAnswer,
  ToPlugin,
} from "./runner/messages.ts";
export { ownPort } from "./runner/own-port.ts";
export { runPlugin } from "./runner/run-plugin.ts";
