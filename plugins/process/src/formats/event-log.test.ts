import { readFileSync } from "node:fs";
import { xmlReader } from "@doorstep/sdk/sheets";
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

interface Element {
  readonly name: string;
  readonly of: (attribute: string) => string | undefined;
  readonly children: Element[];
}

function elementsOf(xml: string): Element {
  const root: Element = { name: "", of: () => undefined, children: [] };
  const open = [root];
  const reader = xmlReader({
    open: (name, of) => {
      const element = { name, of, children: [] };
      open.at(-1)?.children.push(element);
      open.push(element);
    },
    text: () => {},
    close: () => void open.pop(),
  });
  reader.feed(xml);
  reader.end();
  return root.children[0] ?? root;
}

const NAME = /^[A-Za-z_][\w.:-]*$/;
const NC_NAME = /^[A-Za-z_][\w.-]*$/;
const values: Readonly<Record<string, RegExp>> = {
  string: /^/,
  date: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
};
/** What the standard's own extensions say of traces and events. */
const declared: Readonly<Record<string, readonly string[]>> = {
  Concept: ["concept:name", "concept:instance"],
  Lifecycle: ["lifecycle:transition", "lifecycle:state"],
  Organizational: ["org:resource", "org:role", "org:group"],
  Time: ["time:timestamp"],
};
const transitions = [
  "schedule",
  "assign",
  "start",
  "suspend",
  "resume",
  "complete",
  "ate_abort",
  "pi_abort",
  "withdraw",
];

const unless = (holds: boolean, flaw: string): readonly string[] => (holds ? [] : [flaw]);
const attributesOf = ({ children }: Element) => children.filter(({ name }) => name in values);
const keysOf = (of: Element) => attributesOf(of).map((one) => one.of("key") ?? "");

function attributeFlaws(of: Element): readonly string[] {
  const keys = keysOf(of);
  return [
    ...unless(
      keys.every((key) => NAME.test(key)),
      "key",
    ),
    ...unless(new Set(keys).size === keys.length, "key twice"),
    ...unless(
      attributesOf(of).every((one) => values[one.name]?.test(one.of("value") ?? "\n") && one.of("value") !== undefined),
      "value",
    ),
  ];
}

function orderFlaws({ children }: Element, order: readonly string[]): readonly string[] {
  const places = children.map(({ name }) => order.indexOf(name in values ? "attribute" : name));
  return unless(
    places.every((place, n) => place >= 0 && place >= (places[n - 1] ?? 0)),
    "order",
  );
}

/** What a log says of itself before its traces: keys that its extensions define, and those that each trace and event has. */
function headOf(log: Element) {
  const all = (name: string) => log.children.filter((one) => one.name === name);
  const extensions = all("extension").map(({ of }) => [of("name") ?? "", of("prefix") ?? "", of("uri") ?? ""] as const);
  const globals = new Map(all("global").map((one) => [one.of("scope"), keysOf(one)]));
  const classifiers = all("classifier").map(
    ({ of }) => [of("name"), of("scope") ?? "event", of("keys") ?? ""] as const,
  );
  return {
    known: new Set(
      extensions.flatMap(([name, prefix]) => declared[name]?.filter((key) => key.startsWith(`${prefix}:`)) ?? []),
    ),
    globals,
    flaws: [
      ...unless(log.name === "log" && log.of("xmlns") === "http://www.xes-standard.org/", "log"),
      ...unless(/^\d+(\.\d+)?$/.test(log.of("xes.version") ?? ""), "version is a decimal"),
      ...unless(
        extensions.every(([name, prefix, uri]) => NC_NAME.test(name) && NC_NAME.test(prefix) && URL.canParse(uri)),
        "extension",
      ),
      ...all("global").flatMap(attributeFlaws),
      ...unless(
        [...globals.keys()].every((scope) => scope === "trace" || scope === "event"),
        "scope",
      ),
      ...unless(
        classifiers.every(([name]) => NC_NAME.test(name ?? "")),
        "classifier",
      ),
      ...unless(
        classifiers.every(([, scope, keys]) => keys.split(" ").every((key) => globals.get(scope)?.includes(key))),
        "classifier of what is no global",
      ),
      ...orderFlaws(log, ["extension", "global", "classifier", "attribute", "trace", "event"]),
    ],
  };
}

/** Where a log is no XES as IEEE 1849-2016 states it: elements and their order, types, names, globals, classifiers, extensions. */
function flawsOf(log: Element): readonly string[] {
  const { known, globals, flaws } = headOf(log);
  const partFlaws = (part: Element): readonly string[] => {
    const keys = keysOf(part);
    const transition = attributesOf(part)
      .find((one) => one.of("key") === "lifecycle:transition")
      ?.of("value");
    return [
      ...attributeFlaws(part),
      ...orderFlaws(part, part.name === "trace" ? ["attribute", "event"] : ["attribute"]),
      ...unless(globals.get(part.name)?.every((key) => keys.includes(key)) ?? true, `global of a ${part.name}`),
      ...unless(
        keys.every((key) => known.has(key)),
        "extension that is not declared",
      ),
      ...unless(transition === undefined || transitions.includes(transition), "transition"),
      ...part.children.filter(({ name }) => name === "event").flatMap(partFlaws),
    ];
  };
  return [...flaws, ...log.children.filter(({ name }) => name === "trace" || name === "event").flatMap(partFlaws)];
}

test("the XES log has the elements, order, types, globals, classifiers and extensions that IEEE 1849 states", () => {
  const written = toXes(log);
  expect(flawsOf(elementsOf(written))).toEqual([]);
  expect(flawsOf(elementsOf(toXes({ cases: [] })))).toEqual([]);
  const spoilt: readonly (readonly [RegExp, string, string])[] = [
    [/1849\.2016/, "1849-2016", "version is a decimal"],
    [/(<classifier[^>]*>)\n([\s\S]*?<\/trace>)/, "$2\n$1", "order"],
    [/keys="concept:name"/, 'keys="org:role"', "classifier of what is no global"],
    [/<extension name="Time"[^>]*>/, "", "extension that is not declared"],
    [/<date key="time:timestamp" value="2026[^>]*>/, "", "global of a event"],
    [/value="2026-03-02T/, 'value="2026-03-02 ', "value"],
    [/value="complete"/, 'value="done"', "transition"],
    [/key="org:role"/, 'key="org role"', "key"],
  ];
  for (const [what, instead, flaw] of spoilt) {
    expect(written).toMatch(what);
    expect(flawsOf(elementsOf(written.replace(what, instead)))).toContain(flaw);
  }
});
