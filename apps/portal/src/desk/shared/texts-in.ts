const looksWritten = /\s|[^\x20-\x7e]|.{25,}/u;
const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** The sentences somebody wrote into a form, without the choices and ids beside them; each once. */
export function textsIn(draft: unknown): readonly string[] {
  if (typeof draft === "string") {
    const text = draft.trim();
    return looksWritten.test(text) && !uuid.test(text) ? [text] : [];
  }
  if (typeof draft !== "object" || draft === null) return [];
  return [...new Set(Object.values(draft).flatMap(textsIn))];
}
