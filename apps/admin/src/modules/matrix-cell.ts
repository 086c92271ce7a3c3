import type { Choice, matrix, matrixCell } from "@doorstep/contracts";
import type { z } from "zod";

export type Matrix = z.output<typeof matrix>;
export type MatrixRow = Matrix["rows"][number];
export type Cell = z.output<typeof matrixCell>;

/** A choice made on the page and not applied yet. */
export interface PendingChange {
  readonly unitId: string;
  readonly pluginId: string;
  readonly choice: Choice;
  readonly lock: boolean;
  readonly why: string;
}
export type Pending = ReadonlyMap<string, PendingChange>;

export const cellKey = (unitId: string, pluginId: string): string => `${unitId} ${pluginId}`;

const cycle: Readonly<Record<Choice, Choice>> = { inherit: "on", on: "off", off: "inherit" };
export const nextChoice = (choice: Choice): Choice => cycle[choice];

/** What the cell shows: the pending choice over the one that holds. */
export interface ShownCell {
  readonly choice: Choice;
  readonly lock: boolean;
  readonly pending: boolean;
  readonly symbol: string;
}

/** ● on here, ⊘ off here, ◐ ○ inherited; what a pending "inherit" leads to is known only after the preview. */
function symbolOf(choice: Choice, effective: boolean, pending: boolean): string {
  if (choice === "on") return "●";
  if (choice === "off") return "⊘";
  if (pending) return "◌";
  return effective ? "◐" : "○";
}

export function shownCell(cell: Cell, change: PendingChange | undefined): ShownCell {
  const choice = change?.choice ?? cell.own;
  return {
    choice,
    lock: change?.lock ?? cell.lock,
    pending: change !== undefined,
    symbol: symbolOf(choice, cell.effective, change !== undefined),
  };
}

/** How a part of the page reads and makes pending changes. */
export interface Choosing {
  readonly pending: Pending;
  readonly change: (cell: Cell, change: PendingChange) => void;
}

export const pendingAt = (pending: Pending, unitId: string, pluginId: string): PendingChange | undefined =>
  pending.get(cellKey(unitId, pluginId));

/** Adds a change, or takes it back where it says what already holds. */
export function withChange(pending: Pending, cell: Cell, change: PendingChange): Pending {
  const after = new Map(pending);
  // Nothing can be locked where nothing is chosen.
  const lock = change.choice !== "inherit" && change.lock;
  const key = cellKey(change.unitId, change.pluginId);
  if (change.choice === cell.own && lock === cell.lock) after.delete(key);
  else after.set(key, { ...change, lock });
  return after;
}

export interface Place {
  readonly row: number;
  /** 0 is the unit itself, 1 the first module */
  readonly column: number;
}

/** Where the arrow keys lead in the grid; undefined for other keys [WAI-ARIA treegrid pattern]. */
export function gridKey(key: string, at: Place, rows: number, modules: number): Place | undefined {
  const row = (to: number) => ({ row: Math.max(0, Math.min(rows - 1, to)), column: at.column });
  const column = (to: number) => ({ row: at.row, column: Math.max(0, Math.min(modules, to)) });
  switch (key) {
    case "ArrowDown":
      return row(at.row + 1);
    case "ArrowUp":
      return row(at.row - 1);
    case "PageDown":
      return row(at.row + 10);
    case "PageUp":
      return row(at.row - 10);
    case "ArrowRight":
      return column(at.column + 1);
    case "ArrowLeft":
      return column(at.column - 1);
    case "Home":
      return column(0);
    case "End":
      return column(modules);
    default:
      return undefined;
  }
}
