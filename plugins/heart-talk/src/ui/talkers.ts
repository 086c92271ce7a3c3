/** A talk officer in a list: his name, and who he says he is. */
export const talkerLabel = (one: { readonly name: string; readonly words: string }): string =>
  one.words === "" ? one.name : `${one.name} · ${one.words}`;
