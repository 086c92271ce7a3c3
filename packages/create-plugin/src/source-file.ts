import { parseAst } from "rolldown/parseAst";
import { CreateError } from "./create-error.ts";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}
type Loose = Node & Readonly<Record<string, unknown>>;

const nodes = (value: unknown): readonly Loose[] => (Array.isArray(value) ? (value as Loose[]) : []);
const node = (value: unknown): Loose => value as Loose;
const nameOf = (key: unknown): string => {
  const { name, value } = node(key);
  return String(name ?? value);
};
const indentAt = (code: string, at: number): string =>
  /^[ \t]*/.exec(code.slice(code.lastIndexOf("\n", at - 1) + 1))?.[0] ?? "";
const indented = (text: string, by: string): string => text.replaceAll("\n", `\n${by}`);

/** Imports stand in this order: of Node, of packages, of the module's own files. */
const placeOf = (from: string): string => `${from.startsWith("node:") ? 0 : from.startsWith(".") ? 2 : 1}${from}`;

const splice = (code: string, from: number, to: number, text: string): string =>
  code.slice(0, from) + text + code.slice(to);

/** `router({ … })` and `z.object({ … })` hold their object as what they are called with. */
function objectIn(value: Loose | undefined): Loose | undefined {
  if (value === undefined) return undefined;
  if (value.type === "ObjectExpression") return value;
  return value.type === "CallExpression" ? nodes(value.arguments).findLast((one) => objectIn(one)) : undefined;
}

/** Adds to the sources of a module as its author may have written them by now: what stands there stays as it is. */
export class SourceFile {
  #code: string;
  readonly #path: string;

  /** @param path - for whoever is told that something does not fit */
  constructor(path: string, code: string) {
    this.#path = path;
    this.#code = code;
  }

  get code(): string {
    return this.#code;
  }

  #body(): readonly Loose[] {
    try {
      return nodes(parseAst(this.#code, { lang: "ts" }).body);
    } catch (error) {
      throw new CreateError(`${this.#path} cannot be read: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** Imports names from a module, beside those it imports already. */
  import(from: string, ...names: readonly string[]): void {
    const imports = this.#body().filter((one) => one.type === "ImportDeclaration");
    const same = imports.find((one) => node(one.source).value === from && one.importKind !== "type");
    if (!same) {
      const line = `import { ${names.join(", ")} } from ${JSON.stringify(from)};\n`;
      const next = imports.find((one) => placeOf(from) < placeOf(String(node(one.source).value)));
      const last = imports.at(-1);
      const at = next?.start ?? (last ? this.#code.indexOf("\n", last.end) + 1 : 0);
      this.#code = splice(this.#code, at, at, line);
      return;
    }
    const known = nodes(same.specifiers).map((one) => this.#code.slice(one.start, one.end));
    const all = [...new Set([...known, ...names])].toSorted((a, b) => a.localeCompare(b, "en"));
    const line = `import { ${all.join(", ")} } from ${JSON.stringify(from)};`;
    this.#code = splice(this.#code, same.start, same.end, line);
  }

  /** Puts a statement before the default export, or before the exported definition, unless it stands there already. */
  declare(statement: string): void {
    if (this.#code.includes(statement)) return;
    const exported = this.#body().find((one) => /^Export(Default|Named)Declaration$/.test(one.type));
    if (!exported) throw new CreateError(`${this.#path} exports nothing`);
    this.#code = splice(this.#code, exported.start, exported.start, `${statement}\n\n`);
  }

  #argumentOf(call: string): Loose {
    const exported = this.#body().flatMap((one) => {
      if (one.type === "ExportDefaultDeclaration") return [node(one.declaration)];
      if (one.type !== "ExportNamedDeclaration" || !one.declaration) return [];
      return nodes(node(one.declaration).declarations).map((each) => node(each.init));
    });
    const found = exported.find((one) => one.type === "CallExpression" && nameOf(one.callee) === call);
    const object = found && objectIn(found);
    if (!object) throw new CreateError(`${this.#path} has no ${call}(…, { … }) to add to`);
    return object;
  }

  #property(object: Loose, name: string): Loose | undefined {
    return nodes(object.properties).find((one) => one.type === "Property" && nameOf(one.key) === name);
  }

  #append(holder: Loose, members: readonly Loose[], text: string): void {
    const indent = indentAt(this.#code, holder.start);
    const last = members.at(-1);
    const rest = this.#code.slice(last?.end ?? holder.start + 1);
    // a remark behind the last member belongs to it
    const [tail, remark = ""] = /^\s*,?([ \t]*\/\/[^\n]*)?/.exec(last ? rest : "") ?? [""];
    const before = this.#code.slice(0, last?.end ?? holder.start + 1);
    const comma = last ? `,${remark}` : "";
    const after = tail.includes(",") || remark !== "" ? rest.slice(tail.length) : rest;
    const isOneLine = !this.#code.slice(holder.start, holder.end).includes("\n");
    if (isOneLine && last && !text.includes("\n") && holder.type === "ArrayExpression") {
      this.#code = `${before}${comma} ${text}${after.trimStart().startsWith("]") ? after.trimStart() : after}`;
      return;
    }
    const end = isOneLine ? `\n${indent}${after.trimStart()}` : after;
    this.#code = `${before}${comma}\n${indent}  ${indented(text, `${indent}  `)},${end}`;
  }

  /**
   * Adds a property to the object that a call of the SDK is given.
   *
   * @param path - the properties down to the object, each with the call that wraps it when it has to be made
   * @throws CreateError where one of that name is there
   */
  add(call: string, path: readonly (string | readonly [string, string])[], name: string, text: string): void {
    const names: string[] = [];
    for (const step of path) {
      const [key, wrap] = typeof step === "string" ? [step, undefined] : step;
      const holder = this.#objectAt(call, names);
      if (!this.#property(holder, key))
        this.#append(holder, nodes(holder.properties), `${key}: ${wrap === undefined ? "{}" : `${wrap}({})`}`);
      names.push(key);
    }
    const object = this.#objectAt(call, names);
    if (this.#property(object, name.replaceAll('"', "")))
      throw new CreateError(`${this.#path} has ${[...names, name].join(".")} already`);
    this.#append(object, nodes(object.properties), `${name}: ${text}`);
  }

  #objectAt(call: string, names: readonly string[]): Loose {
    let object = this.#argumentOf(call);
    for (const name of names) {
      const inner = objectIn(this.#property(object, name)?.value as Loose | undefined);
      if (!inner) throw new CreateError(`${this.#path}: ${name} is not written as an object, add to it by hand`);
      object = inner;
    }
    return object;
  }

  /** Whether the object that a call is given has such an entry in one of its properties. */
  has(call: string, name: string, entry: string): boolean {
    const inner = objectIn(this.#property(this.#argumentOf(call), name)?.value as Loose | undefined);
    return inner !== undefined && this.#property(inner, entry) !== undefined;
  }

  /** Adds a value to a list, which is made where there is none. */
  list(call: string, name: string, value: string): void {
    const object = this.#argumentOf(call);
    const found = this.#property(object, name);
    if (!found) {
      this.#append(object, nodes(object.properties), `${name}: [${value}]`);
      return;
    }
    const array = node(found.value);
    if (array.type !== "ArrayExpression") throw new CreateError(`${this.#path}: ${name} is not written as a list`);
    const elements = nodes(array.elements);
    if (elements.some((one) => this.#code.slice(one.start, one.end) === value)) return;
    this.#append(array, elements, value);
  }
}
