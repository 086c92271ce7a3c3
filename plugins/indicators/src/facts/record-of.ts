import type { FeedFact, Id } from "@doorstep/sdk";

/** A record of an old register, by what it states of itself. */
export interface OldRecord {
  readonly caseId: Id;
  /** the register's name */
  readonly source: string;
  readonly unitId: Id;
  readonly receivedOn: string;
  readonly receivedAt: string;
  /** the day of the answer, else the day on which it was closed; `null` where neither is stated */
  readonly endedOn: string | null;
  /** by the register's own code */
  readonly topic: string | null;
  /** the first record of the same petitioner in that register; `null` where it names nobody */
  readonly firstId: Id | null;
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** What an entry tells of a record that was taken over; nothing where it is another entry. */
export function recordOf({ caseId, type, facts }: Pick<FeedFact, "caseId" | "type" | "facts">): OldRecord | undefined {
  const [source, unitId, receivedOn] = [text(facts.source), text(facts.unit), text(facts.statedReceivedOn)];
  if (type !== "case.imported" || source === null || unitId === null || receivedOn === null) return undefined;
  const endedOn = text(facts.statedRepliedOn) ?? text(facts.statedClosedOn);
  const receivedAt = text(facts.statedReceivedAt) ?? `${receivedOn}T00:00:00Z`;
  const of = { topic: text(facts.statedTopic), firstId: text(facts.statedFirst) };
  return { caseId, source, unitId, receivedOn, receivedAt, endedOn, ...of };
}
