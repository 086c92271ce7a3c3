interface Talker {
  readonly id: string;
  readonly name: string;
  readonly words: string;
}

/** A talk officer in a list: his name, and who he says he is. */
export const talkerLabel = (one: Pick<Talker, "name" | "words">): string =>
  one.words === "" ? one.name : `${one.name} · ${one.words}`;

/** Whom else one may choose; two of one name are two people. */
export const otherTalkers = (all: readonly Talker[], talkerId: string): readonly Talker[] =>
  all.filter((one) => one.id !== talkerId);
