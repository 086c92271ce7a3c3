import {
  Alert,
  Anchor,
  Badge,
  Button,
  EmptyState,
  ErrorState,
  formatDate,
  formatInstant,
  Group,
  Screen,
  SidePanel,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  useKernel,
  useMutation,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { HandOverForm } from "./hand-over-form.tsx";
import "./list.css";
import { useWaitingLetters, type WaitingLetter } from "./waiting-letters.ts";
import { usePrint } from "./words.ts";

const KEPT_MS = 60_000;

/** The day's list: each letter is printed, handed over or posted, and recorded. The list itself prints with room to sign. */
export default function WaitingPage() {
  const { say, language, unit, can } = usePrint();
  const errorText = useErrorText();
  const waiting = useWaitingLetters();
  const [handingId, setHandingId] = useState<string>();
  const [done, setDone] = useState<string>();
  const letters = waiting.data?.letters ?? [];
  const handing = letters.find((one) => one.noticeId === handingId);
  return (
    <Screen
      title={say("title")}
      width="wide"
      notice={done}
      actions={letters.length > 0 && <Button onClick={() => window.print()}>{say("printList")}</Button>}
    >
      <Stack gap="lg">
        <Text className="ds-no-print">{say("lead")}</Text>
        {unit && <Text>{`${unit.name[language]} · ${formatInstant(new Date().toISOString(), language)}`}</Text>}
        {waiting.isPending && <Skeleton lines={5} />}
        {waiting.isError && <ErrorState title={errorText(waiting.error)} onRetry={() => void waiting.refetch()} />}
        {waiting.data && letters.length === 0 && <EmptyState title={say("none")} />}
        {waiting.data?.more && <Text className="ds-no-print">{say("more")}</Text>}
        <ol className="ds-list">
          {letters.map((letter) => (
            <li key={letter.noticeId} className="ds-panel">
              <Letter letter={letter} onHandOver={can("handOver") ? () => setHandingId(letter.noticeId) : undefined} />
            </li>
          ))}
        </ol>
      </Stack>
      <SidePanel opened={handing !== undefined} title={say("handOver")} onClose={() => setHandingId(undefined)}>
        {handing && (
          <HandOverForm
            letter={handing}
            onRefused={() => void waiting.refetch()}
            onDone={() => {
              setDone(say("recorded", { number: handing.number }));
              setHandingId(undefined);
              void waiting.refetch();
            }}
          />
        )}
      </SidePanel>
    </Screen>
  );
}

function Letter(props: { readonly letter: WaitingLetter; readonly onHandOver: (() => void) | undefined }) {
  const { say, rpc, language } = usePrint();
  const { letter, onHandOver } = props;
  const { caseId, noticeId, number, printedAt } = letter;
  const kernel = useKernel();
  const client = useQueryClient();
  const errorText = useErrorText();
  const print = useMutation({
    // the tab is opened at once, while the press of the button still allows it
    mutationFn: async (tab: Window | null) => {
      try {
        const { pdf } = await client.fetchQuery(
          kernel.notices.pdf.queryOptions({ caseId, noticeId, locale: language }, { staleTime: 0 }),
        );
        const bytes = Uint8Array.from(atob(pdf), (character) => character.charCodeAt(0));
        const address = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
        setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
        if (tab) tab.location.replace(address);
      } catch (error) {
        tab?.close();
        throw error;
      }
    },
    onSuccess: () => note.mutate({ caseId, noticeId }),
  });
  const note = useMutation(
    rpc.printed.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: ["notify-print", "waiting"] }),
    }),
  );
  const failed = print.error ?? note.error;
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Text fw={600}>{`${letter.name} ${number}`}</Text>
        {printedAt && <Badge>{say("printed", { at: formatInstant(printedAt, language) })}</Badge>}
      </Group>
      <Group gap="sm">
        <Anchor href={`/desk/c/${letter.caseNo}`}>{letter.caseNo}</Anchor>
        <Text size="sm" className="ds-no-print">
          {letter.title}
        </Text>
        <Text size="sm">{say("sealed", { at: formatInstant(letter.sealedAt, language) })}</Text>
        {letter.dueOn && <Text size="sm">{say("due", { on: formatDate(letter.dueOn, language) })}</Text>}
      </Group>
      <p className="notify-print-sign">{say("signHere")}</p>
      {failed && (
        <Alert color="red" role="alert">
          {errorText(failed)}
        </Alert>
      )}
      <Group className="ds-no-print">
        <Button
          variant="default"
          loading={print.isPending}
          aria-label={say("openNamed", { number })}
          onClick={() => print.mutate(window.open("", "_blank"))}
        >
          {say("open")}
        </Button>
        {onHandOver && (
          <Button aria-label={say("handOverNamed", { number })} onClick={onHandOver}>
            {say("handOver")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
