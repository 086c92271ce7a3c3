import type { PageContribution } from "./plugin-ui.ts";

export interface PageMatch {
  readonly key: string;
  readonly page: PageContribution;
  readonly params: Readonly<Record<string, string>>;
}

const segmentsOf = (path: string): readonly string[] => path.split("/").filter(Boolean);

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(path);
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index];
    if (value === undefined) return undefined;
    if (segment.startsWith(":")) params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}

/** Finds the page of a plugin that stands at a path; a literal path goes before one with a parameter. */
export function matchPage(pages: Readonly<Record<string, PageContribution>>, path: string): PageMatch | undefined {
  const found = Object.entries(pages).flatMap(([key, page]) => {
    const params = paramsOf(page.path, path);
    return params ? [{ key, page, params }] : [];
  });
  return found.sort((one, other) => Object.keys(one.params).length - Object.keys(other.params).length)[0];
}
