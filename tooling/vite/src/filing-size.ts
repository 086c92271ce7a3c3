/** One file of the build, as Vite's manifest names it. */
export interface ManifestChunk {
  readonly file: string;
  readonly src?: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}
export type Manifest = Readonly<Record<string, ManifestChunk>>;

export interface Budget {
  /** gzip bytes of each part when it was last accepted */
  readonly parts: Readonly<Record<string, number>>;
}

/** All JavaScript that filing a petition loads, from the first question to the confirmation, gzip bytes. */
export const FILING_LIMIT_BYTES = 230 * 1024;
/** A part may grow by this before somebody has to look and accept it. */
export const ALLOWED_RISE = 0.05;

/** Follows the imports from the given chunks; `follow` decides which dynamic ones belong to the page. */
export function closure(
  manifest: Manifest,
  roots: readonly string[],
  follow: (key: string, chunk: ManifestChunk) => boolean = () => false,
): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...roots];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const chunk = manifest[key];
    if (!chunk || found.has(key)) continue;
    found.add(key);
    waiting.push(...(chunk.imports ?? []));
    for (const next of chunk.dynamicImports ?? []) {
      const target = manifest[next];
      if (target && follow(next, target)) waiting.push(next);
    }
  }
  return found;
}

/** Says what is over: the whole, or a part that rose by more than the allowed share. Empty = within the budget. */
export function overBudget(parts: Readonly<Record<string, number>>, budget: Budget): readonly string[] {
  const total = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);
  const accepted = Object.values(budget.parts).reduce((sum, bytes) => sum + bytes, 0);
  const problems: string[] = [];
  if (total > FILING_LIMIT_BYTES) problems.push(`in all ${total} bytes, the limit is ${FILING_LIMIT_BYTES}`);
  if (total > accepted * (1 + ALLOWED_RISE)) problems.push(`in all ${total} bytes, accepted were ${accepted}`);
  for (const [part, bytes] of Object.entries(parts)) {
    const before = budget.parts[part];
    if (before === undefined) problems.push(`${part} is new (${bytes} bytes)`);
    else if (bytes > before * (1 + ALLOWED_RISE)) problems.push(`${part} rose from ${before} to ${bytes} bytes`);
  }
  return problems;
}
