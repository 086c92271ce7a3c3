import type { PluginEntry } from "./workspace.ts";

/** As much of a written file as is read here. */
interface Written {
  readonly type: "chunk" | "asset";
  readonly fileName: string;
  readonly facadeModuleId?: string | null;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

/** A file and all that it imports at once. */
function withImports(files: Readonly<Record<string, Written>>, first: Written): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [first.fileName];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...(files[name]?.imports ?? []));
  }
  return found;
}

/**
 * Per plugin the files of its browser half that the app's page does not bring by itself: a page of that plugin can name them,
 * and a slow line brings them while the app is still being read.
 */
export function filesAhead(
  files: Readonly<Record<string, Written>>,
  page: string,
  entries: readonly PluginEntry[],
): Readonly<Record<string, readonly string[]>> {
  const chunks = Object.values(files).filter(({ type }) => type === "chunk");
  const made = (module: string): Written => {
    const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId === module);
    if (!chunk) throw new Error(`${module} has no file in the build`);
    return chunk;
  };
  const brought = withImports(files, made(page));
  return Object.fromEntries(
    entries.map(({ id, file }) => [id, [...withImports(files, made(file))].filter((name) => !brought.has(name))]),
  );
}
