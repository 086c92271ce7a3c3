import { caseNo } from "@doorstep/contracts";

export interface Command {
  readonly key: string;
  readonly label: string;
  readonly run: () => void;
}

/** A number as people type it: small letters, no dashes, O for 0 and I or L for 1; `undefined` for other words. */
export function caseNoIn(words: string): string | undefined {
  const plain = words.trim().toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  const no = `${plain.slice(0, 4)}-${plain.slice(4, 10)}-${plain.slice(10)}`;
  return caseNo.safeParse(no).success ? no : undefined;
}

/** The commands whose words hold every word typed, in their own order. */
export function findCommands(commands: readonly Command[], words: string): readonly Command[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter((command) => wanted.every((word) => command.label.toLowerCase().includes(word)));
}

/** The next place of a list that runs round; with nothing in it there is none. */
export const nextPlace = (at: number, by: 1 | -1, length: number): number =>
  length === 0 ? 0 : (at + by + length) % length;
