import type { Piece } from "./piece.ts";
import { caseData, channel, event, job, report, router, settings, table } from "./server-pieces.ts";
import { page, panel, widget } from "./ui-pieces.ts";

/** Everything that a module can be begun with, in the order in which it is added. */
export const pieces = {
  settings,
  router,
  table,
  channel,
  report,
  job,
  event,
  caseData,
  page,
  panel,
  widget,
} as const satisfies Readonly<Record<string, Piece>>;

export type PieceName = keyof typeof pieces;

export const pieceNames = Object.keys(pieces) as readonly PieceName[];

/** The pieces with those that they need, in order. */
export function withNeeds(wanted: readonly PieceName[]): readonly PieceName[] {
  const all = new Set(wanted.flatMap((name) => [name, ...((pieces[name] as Piece).needs ?? [])]));
  return pieceNames.filter((name) => all.has(name));
}
