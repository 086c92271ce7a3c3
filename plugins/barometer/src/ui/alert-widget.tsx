import { Anchor, ErrorState, formatDate, Skeleton, Stack, Text, useErrorText, useQuery } from "@doorstep/sdk/ui";
import { mostSerious } from "./most-serious.ts";
import { useWarningTitle } from "./warning-lines.tsx";
import { useBarometer } from "./words.ts";

/** Point `leader/widget@1`: one early warning, the most serious. */
export function AlertWidget() {
  const { say, rpc, language, can } = useBarometer();
  const errorText = useErrorText();
  const titleOf = useWarningTitle();
  const asked = useQuery(rpc.warnings.queryOptions(undefined, { staleTime: 0 }));
  if (asked.isError) return <ErrorState title={errorText(asked.error)} onRetry={() => void asked.refetch()} />;
  if (!asked.data) return <Skeleton lines={3} />;
  const one = mostSerious(asked.data);
  return (
    <Stack>
      {one === null ? (
        <Text>{say("warnings.none")}</Text>
      ) : (
        <div>
          <Anchor href={one.isHere && can("answer") ? `/desk/p/barometer/w/${one.id}` : "/desk/p/barometer"}>
            {titleOf(one)}
          </Anchor>
          <Text>{say(`rule.${one.rule}.question`)}</Text>
          <Text size="sm">
            {say(one.isLate ? "warnings.late" : "warnings.due", { on: formatDate(one.dueOn, language) })}
          </Text>
        </div>
      )}
      <Anchor href="/desk/p/barometer">{say("warnings.all")}</Anchor>
    </Stack>
  );
}
