import type { Text } from "@doorstep/contracts";
import { useName, useText } from "../app/i18n.ts";
import type { Cell, ShownCell } from "./matrix-cell.ts";

/** A cell in words, for whoever does not see its signs. */
export function useCellWords() {
  const text = useText();
  const name = useName();
  return (module: Text, unit: Text, cell: Cell, shown: ShownCell): string => {
    const state = [
      text(`modules.${shown.choice}`),
      text(cell.effective ? "modules.effectiveOn" : "modules.effectiveOff"),
      ...(shown.lock ? [text("modules.locks")] : []),
      ...(cell.lockedByAbove ? [text("modules.lockedAbove")] : []),
      ...(cell.warning ? [text("modules.trouble")] : []),
      ...(shown.pending ? [text("modules.pendingCell")] : []),
    ];
    return text("modules.cell", { module: name(module), unit: name(unit), state: state.join("，") });
  };
}
