import {
  Badge,
  Button,
  EmptyState,
  ErrorState,
  formatDate,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  Title,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { ScanPart } from "./scan-part.tsx";
import { useLetterDesk } from "./words.ts";

/** Point `desk/page@1`: new letters are put in, those that wait are registered. */
export function LettersPage() {
  const { say, rpc } = useLetterDesk();
  const errorText = useErrorText();
  const list = useQuery(rpc.list.queryOptions());
  return (
    <Screen title={say("list.title")} width="wide">
      <Stack gap="xl">
        <ScanPart />
        <section aria-label={say("list.waiting")}>
          <Title order={2}>{say("list.waiting")}</Title>
          {list.isPending && <Skeleton lines={3} />}
          {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
          {list.data?.waiting.length === 0 && <EmptyState title={say("list.empty")} />}
          <ul className="ds-list">
            {list.data?.waiting.map((one) => (
              <WaitingLetter key={one.letterId} {...one} />
            ))}
          </ul>
        </section>
        {list.data && list.data.filed.length > 0 && (
          <section aria-label={say("list.filed")}>
            <Title order={2}>{say("list.filed")}</Title>
            <ul className="ds-list">
              {list.data.filed.map((one) => (
                <FiledLetter key={one.letterId} {...one} />
              ))}
            </ul>
          </section>
        )}
      </Stack>
    </Screen>
  );
}

interface Days {
  readonly receivedOn: string;
  readonly postedOn: string | null;
}

function useDays() {
  const { say, language } = useLetterDesk();
  return ({ receivedOn, postedOn }: Days): string => {
    const received = formatDate(receivedOn, language);
    return postedOn === null
      ? say("list.received", { received })
      : say("list.days", { received, posted: formatDate(postedOn, language) });
  };
}

interface WaitingProps extends Days {
  readonly letterId: string;
  readonly no: string;
  readonly pages: number;
  readonly whole: boolean;
}

function WaitingLetter(props: WaitingProps) {
  const { say } = useLetterDesk();
  const { go } = usePage();
  const days = useDays();
  return (
    <li className="ds-panel">
      <Group justify="space-between">
        <div>
          <Text fw={600} className="ds-mono">
            {props.no}
          </Text>
          <Text size="sm">
            {days(props)}
            {" · "}
            {say("list.pages", { count: props.pages })}
          </Text>
          {!props.whole && <Badge variant="light">{say("list.unfinished")}</Badge>}
        </div>
        <Button
          variant="default"
          aria-label={say("list.registerOne", { no: props.no })}
          onClick={() => go(`/${props.letterId}`)}
        >
          {say("list.register")}
        </Button>
      </Group>
    </li>
  );
}

interface FiledProps extends Days {
  readonly letterId: string;
  readonly no: string;
  readonly caseNo: string;
  readonly title: string;
}

function FiledLetter(props: FiledProps) {
  const { go } = usePage();
  const days = useDays();
  const to = `/desk/c/${props.caseNo}`;
  return (
    <li className="ds-panel">
      <a
        href={to}
        className="ds-link"
        onClick={(event) => {
          event.preventDefault();
          go(`portal:${to}`);
        }}
      >
        {props.title}
      </a>
      <Text size="sm">
        <span className="ds-mono">{props.caseNo}</span>
        {" · "}
        {props.no}
        {" · "}
        {days(props)}
      </Text>
    </li>
  );
}
