import { DoorstepError } from "@doorstep/contracts";

interface TopicLine {
  readonly id: string;
  readonly code: string;
  readonly parentId: string | null;
}

/**
 * Parents before their children.
 *
 * @throws DoorstepError `topics.cycle` for a parent that is missing or below the topic itself, `topics.codeTaken`
 */
export function orderTopics<T extends TopicLine>(topics: readonly T[]): readonly T[] {
  const byId = new Map(topics.map((topic) => [topic.id, topic]));
  const codes = new Set<string>();
  for (const { code } of topics) {
    if (codes.has(code)) throw new DoorstepError("topics.codeTaken", { code });
    codes.add(code);
  }
  if (byId.size !== topics.length) throw new DoorstepError("topics.cycle");
  const depthOf = (topic: T): number => {
    let depth = 0;
    for (let above: T | undefined = topic; above.parentId !== null; depth++) {
      above = byId.get(above.parentId);
      if (!above || depth > topics.length) throw new DoorstepError("topics.cycle");
    }
    return depth;
  };
  return topics
    .map((topic) => ({ topic, depth: depthOf(topic) }))
    .toSorted((a, b) => a.depth - b.depth)
    .map((t) => t.topic);
}
