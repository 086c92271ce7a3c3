/** Puts rows behind the row of their parent; `circular` are those that wait for each other or for one of those. */
export function orderByParent<T extends { readonly code: string; readonly parent: string }>(
  rows: readonly T[],
): { readonly ordered: readonly T[]; readonly circular: readonly T[] } {
  const byCode = new Map(rows.map((row) => [row.code.toLowerCase(), row]));
  const state = new Map<T, "open" | "done" | "circular">();

  // An explicit stack: a list may be one chain of thousands.
  const visit = (start: T): void => {
    const chain: T[] = [];
    let row: T | undefined = start;
    while (row && !state.has(row)) {
      state.set(row, "open");
      chain.push(row);
      row = row.parent ? byCode.get(row.parent.toLowerCase()) : undefined;
    }
    const end = row && state.get(row) !== "done" ? "circular" : "done";
    for (const each of chain.toReversed()) {
      state.set(each, end);
      if (end === "done") ordered.push(each);
    }
  };

  const ordered: T[] = [];
  for (const row of rows) visit(row);
  return { ordered, circular: rows.filter((row) => state.get(row) === "circular") };
}
