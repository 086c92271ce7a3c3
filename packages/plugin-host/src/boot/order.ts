import { satisfies } from "semver";
import type { Problem } from "../registry.ts";
import { problem } from "./problems.ts";
import { type Candidate, reject } from "./sources.ts";

type ById = ReadonlyMap<string, Candidate>;

/** The ring that leads from a plugin back to itself, if there is one. */
function ringOf(id: string, byId: ById): readonly string[] | undefined {
  const walk = (at: string, path: readonly string[]): readonly string[] | undefined => {
    for (const need of Object.keys(byId.get(at)?.plugin.manifest.requires ?? {})) {
      if (need === id) return [...path, need];
      if (path.includes(need)) continue;
      const found = walk(need, [...path, need]);
      if (found) return found;
    }
    return undefined;
  };
  return walk(id, [id]);
}

function ownProblems(candidate: Candidate, byId: ById): Problem[] {
  const { id, requires } = candidate.plugin.manifest;
  const ring = ringOf(id, byId);
  if (ring) return [problem("plugin.requiresCycle", { ring: ring.join(" → ") })];
  return Object.entries(requires).flatMap(([need, range]) => {
    const other = byId.get(need);
    if (!other) return problem("plugin.requiresMissing", { need });
    const { version } = other.plugin.manifest;
    return satisfies(version, range) ? [] : problem("plugin.requiresVersion", { need, range, version });
  });
}

/**
 * Puts plugins after those they require. A plugin whose requirement is missing, does not fit, stands in a ring or was
 * rejected itself is rejected; all others go on.
 */
export function order(candidates: readonly Candidate[]): readonly Candidate[] {
  const byId: ById = new Map(candidates.map((one) => [one.plugin.manifest.id, one]));
  const done = new Map<string, Candidate>();
  const place = (candidate: Candidate): Candidate => {
    const { id, requires } = candidate.plugin.manifest;
    const known = done.get(id);
    if (known) return known;
    const problems = candidate.plugin.state === "rejected" ? [] : ownProblems(candidate, byId);
    if (candidate.plugin.state === "rejected" || problems.length > 0) {
      const out = problems.length > 0 ? reject(candidate, ...problems) : candidate;
      done.set(id, out);
      return out;
    }
    const fallen = Object.keys(requires).filter((need) => {
      const other = byId.get(need);
      return other && place(other).plugin.state === "rejected";
    });
    const out =
      fallen.length === 0
        ? candidate
        : reject(candidate, ...fallen.map((need) => problem("plugin.requiresRejected", { need })));
    done.set(id, out);
    return out;
  };
  for (const candidate of candidates) place(candidate);
  return [...done.values()];
}
