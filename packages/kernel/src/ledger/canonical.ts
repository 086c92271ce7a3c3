/**
 * RFC 8785 without floats: null, booleans, safe integers, well-formed strings, arrays, plain objects; keys sorted by
 * UTF-16. Anything else throws. No Unicode normalisation: text stays as given.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw new TypeError("lone surrogate");
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError("not a safe integer");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    const of = value as Readonly<Record<string, unknown>>;
    let fields = "";
    // the order of UTF-16 is the one that sorting has by itself
    for (const key of Object.keys(of).sort())
      if (of[key] !== undefined) fields += `${fields && ","}${JSON.stringify(key)}:${canonical(of[key])}`;
    return `{${fields}}`;
  }
  throw new TypeError("not canonical");
}
