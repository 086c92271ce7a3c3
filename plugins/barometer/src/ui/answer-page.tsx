import {
  EmptyState,
  ErrorState,
  Form,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  TextArea,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useWarningTitle, WarningLines } from "./warning-lines.tsx";
import { useBarometer } from "./words.ts";

const states = ["answered", "falseAlarm"] as const;

/** One warning is answered: what was behind it, or that nothing was. */
export default function AnswerPage() {
  const { say, rpc } = useBarometer();
  const { params, go } = usePage();
  const titleOf = useWarningTitle();
  const errorText = useErrorText();
  const client = useQueryClient();
  const warningId = params.warningId ?? "";
  const asked = useQuery(rpc.warnings.queryOptions(undefined, { staleTime: 0 }));
  const close = useMutation(
    rpc.close.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries();
        go("/");
      },
    }),
  );
  const one = asked.data?.find((w) => w.id === warningId && w.state === "open" && (w.isHere || w.isMine));
  return (
    <Screen title={one ? titleOf(one) : say("warnings.answer")}>
      <Stack gap="lg">
        {asked.isPending && <Skeleton lines={5} />}
        {asked.isError && <ErrorState title={errorText(asked.error)} onRetry={() => void asked.refetch()} />}
        {asked.data && !one && <EmptyState title={say("warnings.gone")} />}
        {one && (
          <>
            <div>
              <WarningLines one={one} />
            </div>
            <Form<{ readonly state: (typeof states)[number]; readonly words: string }>
              initial={{ state: "answered", words: "" }}
              submitLabel={say("warnings.send")}
              busy={close.isPending}
              error={close.isError ? errorText(close.error) : undefined}
              onSubmit={(given) => close.mutate({ warningId, ...given })}
            >
              <RadioCards
                name="state"
                label={say("warnings.outcome")}
                cards={states.map((value) => ({ value, label: say(`warnings.as.${value}`) }))}
              />
              <TextArea
                name="words"
                label={say("warnings.words")}
                hint={say("warnings.hint")}
                rows={5}
                maxLength={2000}
                required
              />
            </Form>
          </>
        )}
      </Stack>
    </Screen>
  );
}
