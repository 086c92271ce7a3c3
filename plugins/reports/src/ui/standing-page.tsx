import { Button, Form, Group, NumberField, RadioCards, Screen, Select, Stack, Text, usePage } from "@doorstep/sdk/ui";
import { useState } from "react";
import { ReportView } from "./report-view.tsx";
import { useReports } from "./words.ts";

const kinds = ["yearly", "monthly", "weekly", "comparison", "meetings"] as const;
type Kind = (typeof kinds)[number];

const MONTHS = 24;
const YEARS = 3;
const MOST_PEOPLE = 10_000_000;
const SPANS = [1, 3, 6, 12, 24] as const;

/** The months that are over, the newest first. */
function monthsBefore(now: Date): readonly string[] {
  return Array.from({ length: MONTHS }, (_, n) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1 - n, 1)).toISOString().slice(0, 7),
  );
}

/** The reports that every unit has. */
export default function StandingPage() {
  const { say } = useReports();
  const { go } = usePage();
  const [kind, setKind] = useState<Kind | "">("yearly");
  const [year, setYear] = useState("0");
  const [month, setMonth] = useState("newest");
  const [span, setSpan] = useState("12");
  const [strength, setStrength] = useState(0);
  const now = new Date();
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="lg">
        <Stack gap="lg" className="ds-no-print">
          <Text>{say("intro")}</Text>
          <Group>
            <Button variant="default" onClick={() => go("/own")}>
              {say("own.title")}
            </Button>
            <Button variant="default" onClick={() => go("/changed")}>
              {say("changed.title")}
            </Button>
          </Group>
          <RadioCards
            name="kind"
            label={say("which")}
            value={kind}
            onChange={setKind}
            cards={kinds.map((value) => ({ value, label: say(`kind.${value}`), hint: say(`hint.${value}`) }))}
          />
          {kind === "yearly" && (
            <>
              <Select
                name="year"
                label={say("year")}
                value={year}
                onChange={setYear}
                options={[
                  { value: "0", label: say("newestYear") },
                  ...Array.from({ length: YEARS }, (_, n) => String(now.getUTCFullYear() - n)).map((value) => ({
                    ...{ value, label: value },
                  })),
                ]}
              />
              <Form
                initial={{ people: undefined as number | undefined }}
                submitLabel={say("strength.set")}
                onSubmit={({ people }) => setStrength(people ?? 0)}
              >
                <NumberField
                  name="people"
                  label={say("strength.people")}
                  hint={say("strength.hint")}
                  min={0}
                  max={MOST_PEOPLE}
                />
              </Form>
            </>
          )}
          {kind === "monthly" && (
            <Select
              name="month"
              label={say("month")}
              value={month}
              onChange={setMonth}
              options={[
                { value: "newest", label: say("newestMonth") },
                ...monthsBefore(now).map((value) => ({ value, label: value })),
              ]}
            />
          )}
          {(kind === "comparison" || kind === "meetings") && (
            <Select
              name="span"
              label={say("span")}
              value={span}
              onChange={setSpan}
              options={SPANS.map((value) => ({ value: String(value), label: say("months", { value }) }))}
            />
          )}
        </Stack>
        {kind === "yearly" && <ReportView report="yearly" params={{ year: Number(year), strength }} />}
        {kind === "monthly" && <ReportView report="monthly" params={{ month: month === "newest" ? "" : month }} />}
        {kind === "weekly" && <ReportView report="kernel/weekly" params={{}} />}
        {(kind === "comparison" || kind === "meetings") && (
          <ReportView key={kind} report={kind} params={{ months: Number(span) }} />
        )}
      </Stack>
    </Screen>
  );
}
