import { DoorstepError, type Text } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import type { Reader } from "../units/unit-path.ts";
import { orderTopics } from "./order-topics.ts";

export interface Topic {
  id: string;
  code: string;
  name: Text;
  parentId: string | null;
  retired: boolean;
  neverMediated: boolean;
  platformOwn: boolean;
}

type SavedTopic = Omit<Topic, "platformOwn">;

export async function readTopics(reader: Reader): Promise<{ version: number; topics: Topic[] }> {
  const { rows } = await reader.query<{ version: number; topics: Topic[] }>(
    `select v.version, coalesce((select json_agg(json_build_object('id', t.id, 'code', t.code, 'parentId', t.parent_id,
        'retired', t.retired, 'neverMediated', t.never_mediated, 'platformOwn', t.platform_own, 'name', json_build_object('zh-CN', t.name_zh, 'en', t.name_en)) order by t.code)
        from kernel.topics t), '[]') as topics from kernel.topic_version v`,
  );
  const row = rows[0];
  if (!row) throw new Error("the topic catalogue has no version");
  return row;
}

/**
 * Replaces the catalogue as a whole. A topic that is left out is retired, not deleted: petitions name it. What is below a
 * topic that is never mediated is never mediated either, also where it is moved away later.
 *
 * @throws DoorstepError `topics.stale`, `topics.cycle`, `topics.codeTaken`, `topics.onlyStricter`, `topics.platformOwn`
 */
export async function saveTopics(
  change: Change,
  input: { readonly version: number; readonly topics: readonly SavedTopic[]; readonly stream: string },
): Promise<void> {
  const ordered = orderTopics(input.topics);
  const turned = await change.client.query(
    "update kernel.topic_version set version = version + 1 where version = $1 returning version",
    [input.version],
  );
  if (turned.rowCount === 0) throw new DoorstepError("topics.stale");
  const ids = ordered.map((topic) => topic.id);
  await assertCodesFree(change, ordered, ids);
  const never = neverMediated(ordered);
  await assertOnlyStricter(change, ordered, never);
  // Codes may change places among the topics given: they give way first.
  await change.client.query("update kernel.topics set code = 'moving ' || id where id = any($1::uuid[])", [ids]);
  for (const topic of ordered)
    await change.client.query(
      `insert into kernel.topics (id, code, name_zh, name_en, parent_id, retired, never_mediated) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id) do update set code = excluded.code, name_zh = excluded.name_zh, name_en = excluded.name_en,
         parent_id = excluded.parent_id, retired = excluded.retired, never_mediated = excluded.never_mediated`,
      [
        ...[topic.id, topic.code, topic.name["zh-CN"], topic.name.en, topic.parentId, topic.retired],
        never.has(topic.id),
      ],
    );
  await change.client.query(
    "update kernel.topics set retired = true where not (id = any($1::uuid[])) and not platform_own",
    [ids],
  );
  await recordFact(change.client, {
    stream: input.stream,
    at: change.at,
    type: "topic.changed",
    actor: change.by,
    facts: {
      ...{ version: input.version + 1, topics: ordered.length },
      ...{ retired: ordered.filter((t) => t.retired).length, neverMediated: never.size },
    },
  });
}

/** Those marked, and whatever lies below one; parents come before their children. */
function neverMediated(ordered: readonly SavedTopic[]): ReadonlySet<string> {
  const never = new Set<string>();
  for (const topic of ordered)
    if (topic.neverMediated || (topic.parentId !== null && never.has(topic.parentId))) never.add(topic.id);
  return never;
}

/** No mark is taken away, and the platform's own topics stay in use under their codes. */
async function assertOnlyStricter(
  change: Change,
  topics: readonly SavedTopic[],
  never: ReadonlySet<string>,
): Promise<void> {
  const { rows } = await change.client.query<{ id: string; code: string; own: boolean }>(
    "select id, code, platform_own as own from kernel.topics where never_mediated or platform_own",
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const topic of topics) {
    const before = known.get(topic.id);
    if (before?.own && (topic.retired || topic.code !== before.code))
      throw new DoorstepError("topics.platformOwn", { code: before.code });
    if (before && !never.has(topic.id)) throw new DoorstepError("topics.onlyStricter", { code: before.code });
  }
}

/** A retired topic that the list leaves out still owns its code. */
async function assertCodesFree(change: Change, topics: readonly SavedTopic[], ids: readonly string[]): Promise<void> {
  const { rows } = await change.client.query<{ code: string }>(
    "select code from kernel.topics where code = any($1::text[]) and not (id = any($2::uuid[])) limit 1",
    [topics.map((topic) => topic.code), ids],
  );
  if (rows[0]) throw new DoorstepError("topics.codeTaken", { code: rows[0].code });
}
