/** What stands between the cells of a row. */
export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

/** The separator that splits most lines into the same number of parts. */
export function sniffDelimiter(text: string): Delimiter {
  const lines = text
    .replaceAll(/"(?:[^"]|"")*"?/g, "")
    .split(/\r?\n/)
    .filter(Boolean)
    .slice(0, 50);
  const scoreOf = (delimiter: Delimiter): number => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const [first = 0] = counts;
    return first === 0 ? 0 : counts.filter((count) => count === first).length * 100 + first;
  };
  return delimiters.toSorted((a, b) => scoreOf(b) - scoreOf(a))[0] ?? ",";
}
