import type { Text } from "@doorstep/contracts";

export interface Topic {
  readonly id: string;
  readonly code: string;
  readonly name: Text;
  readonly parentId: string | null;
  readonly retired: boolean;
  readonly neverMediated: boolean;
  readonly platformOwn: boolean;
}

/** Changed and new topics over those of the server. */
export type TopicChanges = ReadonlyMap<string, Topic>;

export function withChanges(topics: readonly Topic[], changes: TopicChanges): readonly Topic[] {
  const known = new Set(topics.map((topic) => topic.id));
  return [
    ...topics.map((topic) => changes.get(topic.id) ?? topic),
    ...[...changes.values()].filter((topic) => !known.has(topic.id)),
  ];
}

/** Parents before their children, by code, with the depth at which each stands. */
export function topicRows(topics: readonly Topic[]): readonly { readonly topic: Topic; readonly depth: number }[] {
  const ids = new Set(topics.map((topic) => topic.id));
  const below = new Map<string | null, Topic[]>();
  for (const topic of topics) {
    const parent = topic.parentId !== null && ids.has(topic.parentId) ? topic.parentId : null;
    below.set(parent, [...(below.get(parent) ?? []), topic]);
  }
  const rows: { topic: Topic; depth: number }[] = [];
  const add = (parent: string | null, depth: number): void => {
    for (const topic of (below.get(parent) ?? []).toSorted((a, b) => a.code.localeCompare(b.code, "en"))) {
      rows.push({ topic, depth });
      add(topic.id, depth + 1);
    }
  };
  add(null, 0);
  return rows;
}

/** Topics that may stand above this one: not itself and nothing below it. */
export function possibleParents(topics: readonly Topic[], id: string): readonly Topic[] {
  const below = new Set([id]);
  for (const { topic } of topicRows(topics))
    if (topic.parentId !== null && below.has(topic.parentId)) below.add(topic.id);
  return topics.filter((topic) => !below.has(topic.id));
}
