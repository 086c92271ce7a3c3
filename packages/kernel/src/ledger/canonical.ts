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
    return fieldsOf(value as Readonly<Record<string, unknown>>);
  }
  throw new TypeError("not canonical");
}

function fieldsOf(value: Readonly<Record<string, unknown>>): string {
  let fields = "";
  // by itself, sorting goes by UTF-16
  for (const key of Object.keys(value).sort())
    if (value[key] !== undefined) fields += `${fields && ","}${JSON.stringify(key)}:${canonical(value[key])}`;
  return `{${fields}}`;
}
