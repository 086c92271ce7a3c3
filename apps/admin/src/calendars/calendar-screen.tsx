import type { CalendarView } from "@doorstep/contracts";
import { Alert, Button, Form, formatDate, Screen, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { UnitPicker } from "../units/unit-picker.tsx";
import { useUnitInView } from "../units/use-unit-in-view.ts";
import { AnnounceForm } from "./announce-form.tsx";
import { editsOf, type Kind } from "./year-days.ts";
import { YearGrid } from "./year-grid.tsx";

const yearOf = (typed: string | undefined): number => {
  const year = Number(typed);
  return Number.isInteger(year) && year >= 1990 && year <= 2200 ? year : new Date().getFullYear();
};

/** A unit's calendar, a year at a time. */
export function CalendarScreen() {
  const text = useText();
  const navigate = useNavigate();
  const search = useSearch({ from: "/calendars" });
  const year = yearOf(search.year);
  const inView = useUnitInView(search.unit);
  const [notice, setNotice] = useState<string>();
  const go = (to: { unit?: string; year?: number }) => {
    setNotice(undefined);
    void navigate({
      to: "/calendars",
      search: { ...(search.unit && { unit: search.unit }), ...to, year: String(to.year ?? year) },
    });
  };
  return (
    <Screen title={text("calendars.title")} width="wide" notice={notice}>
      <Loaded query={inView}>
        {(unit) => (
          <>
            <UnitPicker
              name="unit"
              required
              label={text("calendars.unit")}
              first={unit}
              value={unit.id}
              onChange={(id) => id && go({ unit: id })}
            />
            <div className="ds-row">
              <Button
                variant="default"
                aria-label={`${text("calendars.previous")} ${year - 1}`}
                onClick={() => go({ year: year - 1 })}
              >
                {year - 1}
              </Button>
              <h2 aria-live="polite">{year}</h2>
              <Button
                variant="default"
                aria-label={`${text("calendars.next")} ${year + 1}`}
                onClick={() => go({ year: year + 1 })}
              >
                {year + 1}
              </Button>
            </div>
            <Year key={`${unit.id}.${year}`} unitId={unit.id} year={year} onNotice={setNotice} />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

interface YearProps {
  readonly unitId: string;
  readonly year: number;
  readonly onNotice: (notice: string) => void;
}

function Year(props: YearProps) {
  const text = useText();
  const language = useLanguage();
  const view = useQuery(kernel.calendars.get.queryOptions({ unitId: props.unitId, year: props.year }));
  const [changes, setChanges] = useState<ReadonlyMap<string, Kind>>(new Map());
  const saved = (after: CalendarView) => {
    setChanges(new Map());
    props.onNotice(text("calendars.saved", { id: after.calendar }));
  };
  return (
    <Loaded query={view}>
      {(data) => {
        const until = formatDate(data.officialUntil, language);
        const lastKnown = Number(data.officialUntil.slice(0, 4));
        return (
          <>
            <p className="ds-hint">{text("calendars.version", { id: data.calendar, until })}</p>
            {data.endsSoon && (
              <Alert color="orange" className="ds-alert">
                {text("calendars.endsSoon", { until })}
              </Alert>
            )}
            {data.year > lastKnown && (
              <Alert color="orange" className="ds-alert">
                {text("calendars.unknown", { year: data.year })}
              </Alert>
            )}
            {data.year === lastKnown + 1 && data.mayAnnounce && (
              <AnnounceForm
                view={data}
                onDone={(r) => props.onNotice(text("calendars.announced", { id: r.calendar, count: r.recounted }))}
              />
            )}
            <p className="ds-hint">{text(hintOf(data))}</p>
            <YearGrid view={data} changes={changes} onChange={setChanges} />
            {changes.size > 0 && (
              <Pending view={data} changes={changes} onSaved={saved} onDiscard={() => setChanges(new Map())} />
            )}
          </>
        );
      }}
    </Loaded>
  );
}

const hintOf = (view: CalendarView) =>
  view.mayAddOff
    ? ("calendars.hintAll" as const)
    : view.mayEdit
      ? ("calendars.hintWork" as const)
      : ("calendars.hintRead" as const);

interface PendingProps {
  readonly view: CalendarView;
  readonly changes: ReadonlyMap<string, Kind>;
  readonly onSaved: (after: CalendarView) => void;
  readonly onDiscard: () => void;
}

function Pending(props: PendingProps) {
  const text = useText();
  const { view, changes } = props;
  const save = useAct(kernelClient.calendars.edit.mutate, { done: props.onSaved });
  return (
    <div className="ad-pending">
      <p className="ad-line">{`${text("calendars.pending", { count: changes.size })} ${text("calendars.keeps")}`}</p>
      <Form
        initial={{ nameZh: "单位安排", nameEn: "Set by the unit", reason: "" }}
        submitLabel={text("calendars.save")}
        busy={save.busy}
        error={save.error}
        secondary={
          <Button variant="default" onClick={props.onDiscard}>
            {text("calendars.discard")}
          </Button>
        }
        onSubmit={(v) =>
          save.run({
            unitId: view.unit.id,
            version: view.version,
            year: view.year,
            reason: v.reason.trim(),
            days: editsOf(new Map(view.days.map((day) => [day.date, day])), changes).map((edit) => ({
              ...edit,
              name: { "zh-CN": v.nameZh.trim(), en: v.nameEn.trim() },
            })),
          })
        }
      >
        <div className="ad-filters">
          <TextField name="nameZh" label={text("calendars.nameZh")} required maxLength={60} />
          <TextField name="nameEn" label={text("calendars.nameEn")} required maxLength={60} />
          <TextField name="reason" label={text("calendars.reason")} required maxLength={500} />
        </div>
      </Form>
    </div>
  );
}
