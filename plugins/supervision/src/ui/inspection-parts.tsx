import { ErrorState, formatInstant, Skeleton, Stack, Text, useErrorText, useQuery } from "@doorstep/sdk/ui";
import type { inspectionsOf } from "../inspections/inspect.ts";
import { useSupervision } from "./words.ts";

type View = Awaited<ReturnType<typeof inspectionsOf>>[number];

/** What it is called: one that was drawn by itself by its month. */
export function useInspectionTitle(): (one: Pick<View, "month" | "title">) => string {
  const { say } = useSupervision();
  return ({ month, title }) => (month === null ? title : say("inspect.monthly", { month }));
}

/** Which unit, what was drawn, and what was found. */
export function InspectionLines({ one }: { readonly one: View }) {
  const { say, language } = useSupervision();
  return (
    <>
      <Text size="sm">
        {one.unit?.[language]} · {formatInstant(one.openedAt, language)}
      </Text>
      <Text size="sm">
        {say("inspect.drawn", { pool: one.pool, drawn: one.drawn, done: one.done, seed: one.seed })}
      </Text>
      {one.month !== null && <Text size="sm">{say("inspect.monthlyHint")}</Text>}
      {one.isOwn && <Text size="sm">{say("inspect.own")}</Text>}
      {one.done > 0 && <Text>{say("inspect.found", { done: one.done, faulty: one.faulty })}</Text>}
      {one.done > 0 && (
        <ul>
          {one.counts.map(({ code, yes, no }) => (
            <li key={code}>{say("inspect.counts", { check: say(`inspect.check.${code}`), yes, no })}</li>
          ))}
        </ul>
      )}
      {one.result !== null && <Text className="ds-text">{say("inspect.closed", { words: one.result })}</Text>}
    </>
  );
}

/** What inspections of the unit itself have found. */
export function InspectedHere() {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const titleOf = useInspectionTitle();
  const found = useQuery(rpc.inspectedHere.queryOptions(undefined, { staleTime: 0 }));
  return (
    <section aria-label={say("inspect.here")}>
      <Stack>
        <h2>{say("inspect.here")}</h2>
        {found.isPending && <Skeleton lines={2} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data?.length === 0 && <Text>{say("inspect.noneHere")}</Text>}
        <ul className="ds-list">
          {found.data?.map((one) => (
            <li key={one.inspectionId} className="ds-panel">
              <Text fw={600}>{titleOf(one)}</Text>
              <InspectionLines one={one} />
            </li>
          ))}
        </ul>
      </Stack>
    </section>
  );
}
