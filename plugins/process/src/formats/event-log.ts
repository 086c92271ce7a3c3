/** An event log that leaves the platform: cases by their number in it, units by their code, nobody by name. */
export interface EventLog {
  readonly cases: readonly LoggedCase[];
}

export interface LoggedCase {
  readonly id: string;
  readonly events: readonly LoggedEvent[];
}

export interface LoggedEvent {
  readonly activity: string;
  /** instant */
  readonly at: string;
  /** whose step it was: the office's, the petitioner's, the platform's */
  readonly by: "office" | "petitioner" | "system";
  /** code of the unit */
  readonly unit: string | null;
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const attribute = (value: string): string => value.replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign);
const line = (kind: "string" | "date", key: string, value: string): string =>
  `<${kind} key="${key}" value="${attribute(value)}"/>`;

const extensions = [
  ["Concept", "concept", "http://www.xes-standard.org/concept.xesext"],
  ["Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"],
  ["Organizational", "org", "http://www.xes-standard.org/org.xesext"],
  ["Time", "time", "http://www.xes-standard.org/time.xesext"],
].map(([name, prefix, uri]) => `<extension name="${name}" prefix="${prefix}" uri="${uri}"/>`);

const xesEvent = ({ activity, at, by, unit }: LoggedEvent): string =>
  [
    "<event>",
    line("string", "concept:name", activity),
    line("string", "lifecycle:transition", "complete"),
    line("string", "org:role", by),
    ...(unit === null ? [] : [line("string", "org:group", unit)]),
    line("date", "time:timestamp", at),
    "</event>",
  ].join("");

/** As XES (IEEE 1849). */
export const toXes = ({ cases }: EventLog): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">',
    ...extensions,
    `<global scope="trace">${line("string", "concept:name", "")}</global>`,
    `<global scope="event">${line("string", "concept:name", "")}${line("date", "time:timestamp", "1970-01-01T00:00:00.000Z")}</global>`,
    '<classifier name="activity" scope="event" keys="concept:name"/>',
    ...cases.flatMap(({ id, events }) => [
      "<trace>",
      line("string", "concept:name", id),
      ...events.map(xesEvent),
      "</trace>",
    ]),
    "</log>",
    "",
  ].join("\n");

/** As OCEL 2.0 (JSON): petitions and units are its objects. */
export function toOcel({ cases }: EventLog): string {
  const all = cases.flatMap(({ id, events }) => events.map((event) => ({ ...event, caseId: id })));
  const units = [...new Set(all.flatMap(({ unit }) => (unit === null ? [] : [unit])))].toSorted();
  const activities = [...new Set(all.map(({ activity }) => activity))].toSorted();
  const unitId = (code: string): string => `unit ${code}`;
  return JSON.stringify({
    objectTypes: [
      { name: "petition", attributes: [] },
      { name: "unit", attributes: [] },
    ],
    eventTypes: activities.map((name) => ({ name, attributes: [{ name: "by", type: "string" }] })),
    objects: [
      ...cases.map(({ id }) => ({ id, type: "petition", attributes: [], relationships: [] })),
      ...units.map((code) => ({ id: unitId(code), type: "unit", attributes: [], relationships: [] })),
    ],
    events: all.map(({ activity, at, by, unit, caseId }, n) => ({
      id: `event ${n + 1}`,
      type: activity,
      time: at,
      attributes: [{ name: "by", value: by }],
      relationships: [
        { objectId: caseId, qualifier: "petition" },
        ...(unit === null ? [] : [{ objectId: unitId(unit), qualifier: "unit" }]),
      ],
    })),
  });
}
