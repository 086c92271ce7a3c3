import { parseSync } from "vite";

/** As much of the syntax tree as is read here. */
interface Node {
  readonly type: string;
  readonly declaration?: Node;
  readonly callee?: Node;
  readonly name?: string;
  readonly arguments?: readonly Node[];
  readonly properties?: readonly Node[];
  readonly key?: Node;
  readonly computed?: boolean;
}

/**
 * The parts that a browser half gives to its app, as they stand in its source, which is not run: so an app knows what it need
 * not download for the page in view.
 *
 * @throws Error for a half that is not written as one list of parts.
 */
export function partsOf(file: string, source: string): readonly string[] {
  const half = (parseSync(file, source).program.body as readonly Node[]).find(
    ({ type }) => type === "ExportDefaultDeclaration",
  )?.declaration;
  const list = half?.callee?.name === "pluginUi" ? half.arguments?.at(-1) : undefined;
  const names = list?.properties?.map(({ key, computed }) => (computed ? undefined : key?.name));
  if (!names || names.includes(undefined))
    throw new Error(`${file} must be \`export default pluginUi(plugin, app, { … })\` with each part by its name`);
  return names.filter((name) => name !== undefined && name !== "catalogs") as readonly string[];
}
