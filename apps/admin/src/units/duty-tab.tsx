import type { DutyRoster } from "@doorstep/contracts";
import { Alert, Button, DateField, Form, formatInstant, Select, Table, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLanguage, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";

const DAYS = 14;

type Shift = DutyRoster["shifts"][number];
interface Values {
  readonly person: string;
  readonly fromDay: string;
  readonly fromTime: string;
  readonly untilDay: string;
  readonly untilTime: string;
}

/** The day that people at the unit write down now, and wall times of theirs for a form. */
const localParts = (at: string, timeZone: string): { readonly day: string; readonly time: string } => {
  const wall = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(
    new Date(at),
  );
  return { day: wall.slice(0, 10), time: wall.slice(11, 16) };
};

function ShiftForm(props: {
  readonly unitId: string;
  readonly roster: DutyRoster;
  readonly replaces: Shift | undefined;
  readonly onDone: () => void;
}) {
  const text = useText();
  const { unitId, roster, replaces } = props;
  const save = useAct(kernelClient.duty.saveShift.mutate, { done: props.onDone });
  const from = replaces ? localParts(replaces.from, roster.timeZone) : { day: "", time: "08:00" };
  const until = replaces ? localParts(replaces.until, roster.timeZone) : { day: "", time: "08:00" };
  return (
    <Form<Values>
      initial={{
        person: replaces?.person.id ?? "",
        fromDay: from.day,
        fromTime: from.time,
        untilDay: until.day,
        untilTime: until.time,
      }}
      submitLabel={text(replaces ? "units.dutyReplaceNow" : "units.dutyAddNow")}
      busy={save.busy}
      error={save.error}
      onSubmit={(v) =>
        save.run({
          unitId,
          personId: v.person,
          from: `${v.fromDay}T${v.fromTime}`,
          until: `${v.untilDay}T${v.untilTime}`,
          ...(replaces && { replaces: replaces.id }),
        })
      }
    >
      <Select
        name="person"
        label={text("units.dutyPerson")}
        hint={text("units.dutyPersonHint")}
        required
        options={roster.candidates.map((one) => ({ value: one.id, label: one.name }))}
      />
      <DateField name="fromDay" label={text("units.dutyFromDay")} required />
      <TextField name="fromTime" type="time" label={text("units.dutyFromTime")} required />
      <DateField name="untilDay" label={text("units.dutyUntilDay")} required />
      <TextField name="untilTime" type="time" label={text("units.dutyUntilTime")} required />
    </Form>
  );
}

function Rows(props: {
  readonly unitId: string;
  readonly roster: DutyRoster;
  readonly onReplace: (shift: Shift) => void;
}) {
  const text = useText();
  const language = useLanguage();
  const { roster, unitId } = props;
  const end = useAct(kernelClient.duty.endShift.mutate);
  const lines = [
    ...roster.shifts.map((shift) => ({ ...shift, shift })),
    ...roster.gaps.map((gap) => ({ ...gap, shift: undefined })),
  ].toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return (
    <>
      {end.error && (
        <Alert color="red" variant="light" role="alert" className="ds-alert">
          {end.error}
        </Alert>
      )}
      <Table>
        <caption className="ds-hint">{text("units.dutyCaption", { zone: roster.timeZone })}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{text("units.dutyWhen")}</Table.Th>
            <Table.Th scope="col">{text("units.dutyWho")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(({ from, until, shift }) => (
            <Table.Tr key={`${from} ${shift?.id ?? "gap"}`}>
              <Table.Td>
                {text("units.dutySpan", {
                  from: formatInstant(from, language, roster.timeZone),
                  until: formatInstant(until, language, roster.timeZone),
                })}
              </Table.Td>
              <Table.Td>
                {shift ? <strong>{shift.person.name}</strong> : <em>{text("units.dutyGap")}</em>}
                {shift && roster.manageable && (
                  <span className="ds-row">
                    <Button
                      variant="default"
                      aria-label={`${text("units.dutyReplace")}: ${shift.person.name}`}
                      onClick={() => props.onReplace(shift)}
                    >
                      {text("units.dutyReplace")}
                    </Button>
                    <Button
                      variant="default"
                      aria-label={`${text("units.dutyRemove")}: ${shift.person.name}`}
                      loading={end.busy}
                      onClick={() => end.run({ unitId, shiftId: shift.id })}
                    >
                      {text("units.dutyRemove")}
                    </Button>
                  </span>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

/** Who is on duty at the unit for the next two weeks, where nobody is, and who stands in there. */
export function DutyTab(props: { readonly unitId: string; readonly timeZone: string }) {
  const text = useText();
  const { unitId } = props;
  const [replaces, setReplaces] = useState<Shift>();
  const [done, setDone] = useState(0);
  const from = localParts(new Date().toISOString(), props.timeZone).day;
  const roster = useQuery(kernel.duty.roster.queryOptions({ unitId, from, days: DAYS }));
  return (
    <section aria-label={text("units.tabDuty")}>
      <p className="ds-hint">{text("units.dutyAbout")}</p>
      <Loaded query={roster}>
        {(data) => (
          <>
            <Rows unitId={unitId} roster={data} onReplace={setReplaces} />
            <p>
              {data.fallback.length > 0
                ? text("units.dutyFallback", { people: data.fallback.map((one) => one.name).join("、") })
                : text("units.dutyNoFallback")}
            </p>
            {data.manageable && (
              <>
                <h2>
                  {replaces ? text("units.dutyReplaceTitle", { name: replaces.person.name }) : text("units.dutyAdd")}
                </h2>
                <ShiftForm
                  key={`${replaces?.id ?? "new"} ${done}`}
                  unitId={unitId}
                  roster={data}
                  replaces={replaces}
                  onDone={() => {
                    setReplaces(undefined);
                    setDone((n) => n + 1);
                  }}
                />
              </>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
