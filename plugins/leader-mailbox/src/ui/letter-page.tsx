import {
  Alert,
  Anchor,
  Button,
  ErrorState,
  formatDate,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useMailbox } from "./words.ts";

/** One letter as it was written; the read mark is a press of its own. */
export default function LetterPage() {
  const { say, rpc, language } = useMailbox();
  const { params } = usePage();
  const errorText = useErrorText();
  const letterId = params.letterId ?? "";
  const found = useQuery(rpc.letter.queryOptions({ letterId }, { staleTime: 0, retry: false }));
  const read = useMutation(rpc.read.mutationOptions({ onSettled: () => found.refetch() }));
  const one = found.data;
  return (
    <Screen title={one?.title ?? say("title")}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={6} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {read.isError && (
          <Alert color="red" role="alert">
            {errorText(read.error)}
          </Alert>
        )}
        {one && (
          <>
            <section className="ds-panel" aria-label={say("letter.words")}>
              {one.words ? (
                <>
                  <p style={{ whiteSpace: "pre-wrap" }}>{one.words.body}</p>
                  {one.words.desiredOutcome && (
                    <>
                      <p className="ds-hint">{say("letter.wish")}</p>
                      <p style={{ whiteSpace: "pre-wrap" }}>{one.words.desiredOutcome}</p>
                    </>
                  )}
                </>
              ) : (
                <p>{say("letter.gone")}</p>
              )}
            </section>
            <Anchor href={`/desk/c/${one.caseNo}`}>{say("letter.toCase", { number: one.caseNo })}</Anchor>
            {one.readOn ? (
              <Text>{say("letters.readOn", { on: formatDate(one.readOn, language) })}</Text>
            ) : (
              <div>
                <Button loading={read.isPending} onClick={() => read.mutate({ letterId })}>
                  {say("letter.mark")}
                </Button>
                <p className="ds-hint">{say("letter.note")}</p>
              </div>
            )}
          </>
        )}
      </Stack>
    </Screen>
  );
}
