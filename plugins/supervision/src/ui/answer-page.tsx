import {
  Anchor,
  ErrorState,
  Screen,
  Skeleton,
  Stack,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { FollowupLines } from "./followup-parts.tsx";
import { MatterStory } from "./matter-lines.tsx";
import { titleOf } from "./matter-view.ts";
import { useSupervision } from "./words.ts";
import { WordsForm } from "./words-form.tsx";

/** The unit reads what is asked of it, and answers. */
export default function AnswerPage() {
  const { say, rpc, language } = useSupervision();
  const { params } = usePage();
  const errorText = useErrorText();
  const client = useQueryClient();
  const matterId = params.matterId ?? "";
  const matter = useQuery(rpc.asked.queryOptions({ matterId }, { staleTime: 0 }));
  const answer = useMutation(rpc.answer.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  return (
    <Screen title={matter.data ? titleOf(matter.data, language) : say("answer.title")}>
      <Stack gap="lg">
        {matter.isPending && <Skeleton lines={5} />}
        {matter.isError && <ErrorState title={errorText(matter.error)} onRetry={() => void matter.refetch()} />}
        {matter.data && (
          <>
            <MatterStory matter={matter.data} />
            <FollowupLines matter={matter.data} />
            {matter.data.caseNo !== null && <Anchor href={`/desk/c/${matter.data.caseNo}`}>{say("toCase")}</Anchor>}
            {matter.data.mayAnswer && (
              <WordsForm
                label={say("answer.words")}
                hint={say("answer.hint")}
                submitLabel={say("answer.send")}
                busy={answer.isPending}
                error={answer.isError ? errorText(answer.error) : undefined}
                onSubmit={(words) => answer.mutate({ matterId, words })}
              />
            )}
          </>
        )}
      </Stack>
    </Screen>
  );
}
