import type { AddressAnswer } from "@doorstep/sdk/server";

export type Format = "json" | "xml";
type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** What XML cannot hold, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escaped = (text: string): string =>
  text
    .replaceAll(UNWRITABLE, "")
    .replaceAll(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? "&#39;");

/** How a part of a list is called in XML. */
const ONE: Readonly<Record<string, string>> = {
  services: "service",
  service_requests: "request",
  attributes: "attribute",
  values: "value",
  errors: "error",
};

function toXml(name: string, value: Value): string {
  if (value === null) return `<${name}/>`;
  if (Array.isArray(value))
    return `<${name}>${value.map((one: Value) => toXml(ONE[name] ?? "item", one)).join("")}</${name}>`;
  if (typeof value === "object")
    return `<${name}>${Object.entries(value as Readonly<Record<string, Value>>)
      .map(([key, one]) => toXml(key, one))
      .join("")}</${name}>`;
  return `<${name}>${escaped(String(value))}</${name}>`;
}

/** An answer as GeoReport v2 has it: a bare list or object in JSON, under the list's own name in XML. */
export function written(
  format: Format,
  root: string,
  value: Value,
  status: AddressAnswer["status"] = 200,
): AddressAnswer {
  return format === "xml"
    ? { status, type: "application/xml", body: `<?xml version="1.0" encoding="utf-8"?>\n${toXml(root, value)}\n` }
    : { status, type: "application/json", body: JSON.stringify(value) };
}

/** Errors, in the form that the standard has for them. */
export const failed = (format: Format, code: 400 | 403 | 404, description: string): AddressAnswer =>
  written(format, "errors", [{ code, description }], code);
