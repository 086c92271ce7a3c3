import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { realFile } from "../testing.ts";
import { type EventLog, toOcel, toXes } from "./event-log.ts";

const log: EventLog = {
  cases: [
    {
      id: "petition 1",
      events: [
        { activity: "case.received", at: "2026-03-02T02:00:00.000Z", by: "petitioner", unit: 'B "1" <&>' },
        { activity: "case.registered", at: "2026-03-03T02:00:00.000Z", by: "office", unit: null },
      ],
    },
    { id: "petition 2", events: [] },
  ],
};
const schemaFile = realFile("ocel2/schema_ocel2.json");

test.skipIf(!schemaFile)("the OCEL 2.0 log is valid by the schema, and a spoilt one is not", () => {
  const schema = z.fromJSONSchema(JSON.parse(readFileSync(schemaFile ?? "", "utf8")));
  const written = JSON.parse(toOcel(log));

  expect(schema.safeParse(written).error).toBeUndefined();
  expect(schema.safeParse({ ...written, events: [{ id: "event 1" }] }).success).toBe(false);
});

test("every event of the OCEL log names a type and objects that are in it", () => {
  const { eventTypes, objects, events } = JSON.parse(toOcel(log));

  const ids = objects.map((one: { id: string }) => one.id);
  expect(ids).toEqual(["petition 1", "petition 2", 'unit B "1" <&>']);
  expect(eventTypes.map((one: { name: string }) => one.name)).toEqual(["case.received", "case.registered"]);
  expect(events[0]).toMatchObject({
    type: "case.received",
    relationships: [{ objectId: "petition 1" }, { objectId: 'unit B "1" <&>' }],
  });
  expect(events[1].relationships).toEqual([{ objectId: "petition 1", qualifier: "petition" }]);
});

test("the XES log writes signs of its own as text", () => {
  const written = toXes(log);

  expect(written).toContain('<string key="org:group" value="B &quot;1&quot; &lt;&amp;&gt;"/>');
  expect(written.match(/<event>/g)).toHaveLength(2);
  expect(written.match(/<trace>/g)).toHaveLength(2);
});
