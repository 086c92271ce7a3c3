import { BrokenFile, xmlReader } from "@doorstep/sdk/sheets";
import type { Step, Trace } from "../mining/trace.ts";
import { activityOf, instantOf, isWhole, LogFlaw, MOST_EVENTS } from "./cells.ts";

/** Attributes of a trace or an event by their keys. */
type Attributes = Map<string, string>;

/** XES, whatever its version: traces with events, of which name, time and transition are read. @throws LogFlaw with the trace */
export function readXesLog(text: string): readonly Trace[] {
  const traces: Trace[] = [];
  let steps: Step[] | undefined;
  let ofTrace: Attributes = new Map();
  let ofEvent: Attributes | undefined;
  let events = 0;
  // what stands within another attribute is none of the event's own
  let within = 0;

  const event = (attributes: Attributes): void => {
    const place = traces.length + 1;
    const activity = activityOf(attributes.get("concept:name"), place);
    const at = instantOf(attributes.get("time:timestamp"));
    if (!at) throw new LogFlaw("time", place);
    events += 1;
    if (events > MOST_EVENTS) throw new LogFlaw("tooMany");
    if (isWhole(attributes.get("lifecycle:transition"))) steps?.push({ activity, at });
  };

  const reader = xmlReader({
    open: (name, attribute) => {
      if (name === "trace") [steps, ofTrace] = [[], new Map()];
      else if (name === "event") ofEvent = new Map();
      else if (steps && name !== "log") {
        const key = attribute("key");
        if (within === 0 && key !== undefined) (ofEvent ?? ofTrace).set(key, attribute("value") ?? "");
        within += 1;
      }
    },
    text: () => {},
    close: (name) => {
      if (name === "event") {
        if (ofEvent) event(ofEvent);
        ofEvent = undefined;
      } else if (name === "trace") {
        const [dueAt, endedAt] = [ofTrace.get("deadline"), ofTrace.get("enddate")].map(instantOf);
        traces.push({ steps: steps ?? [], dueAt: dueAt ?? null, endedAt: endedAt ?? null });
        steps = undefined;
      } else if (steps && name !== "log") within -= 1;
    },
  });
  try {
    reader.feed(text);
    reader.end();
  } catch (error) {
    if (error instanceof BrokenFile) throw new LogFlaw("broken", traces.length + 1);
    throw error;
  }
  if (steps) throw new LogFlaw("broken", traces.length + 1);
  return traces;
}
