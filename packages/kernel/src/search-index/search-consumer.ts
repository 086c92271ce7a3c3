import type { Pool } from "pg";
import type { ManyConsumer } from "../outbox/consumer.ts";
import { fillCaseText } from "./fill-case-text.ts";

const AT_ONCE = 100;

/** Keeps the search index: whatever happened to a case, its text or its audience may be another now. */
export const searchConsumer = (pool: Pool): ManyConsumer => ({
  name: "search",
  async handleMany(events) {
    const ids = [...new Set(events.map((e) => e.caseId))];
    for (let at = 0; at < ids.length; at += AT_ONCE) await fillCaseText(pool, ids.slice(at, at + AT_ONCE));
  },
});
