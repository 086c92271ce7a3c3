import type { Registry } from "./host-context.ts";
import type { PluginUi } from "./plugin-ui.ts";

type Half = NonNullable<NonNullable<Registry["plugins"][number]["ui"]>["portal"]>;

/** The page knows nothing of these files: they were installed since it was loaded. */
export class PageOutdated extends Error {
  override readonly name = "PageOutdated";
}

type Hashes = Readonly<Record<string, string>> | null;

function readMap(): Hashes {
  const map = document.querySelector("script[type=importmap]")?.textContent;
  return map ? ((JSON.parse(map) as { integrity?: Record<string, string> }).integrity ?? null) : null;
}
let known: Hashes | undefined;

/** Whether this page may load the script: its map was written by the server and is never added to; a page being developed has none. */
function isInPage(address: string): boolean {
  known ??= readMap();
  return known === null || Object.hasOwn(known, address);
}

const sheets = new Map<string, Promise<void>>();

function addSheet({ url, integrity }: Half["css"][number]): Promise<void> {
  const there = sheets.get(url);
  if (there) return there;
  const link = document.createElement("link");
  const loading = new Promise<void>((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      sheets.delete(url);
      link.remove();
      reject(new Error("a style sheet could not be loaded"));
    };
  });
  Object.assign(link, { rel: "stylesheet", integrity, href: url });
  document.head.append(link);
  sheets.set(url, loading);
  return loading;
}

/**
 * Loads the browser half of an installed plugin.
 *
 * @throws PageOutdated
 */
export async function loadHalf(half: Half): Promise<{ readonly default: PluginUi }> {
  if (!isInPage(half.entry)) throw new PageOutdated();
  const [loaded] = await Promise.all([
    import(/* @vite-ignore */ half.entry) as Promise<{ readonly default: PluginUi }>,
    ...half.css.map(addSheet),
  ]);
  return loaded;
}
