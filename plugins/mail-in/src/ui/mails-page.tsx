import {
  Alert,
  Badge,
  Button,
  EmptyState,
  ErrorState,
  formatInstant,
  Group,
  Screen,
  Skeleton,
  Stack,
  Text,
  Title,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { BringMail } from "./bring-mail.tsx";
import { useMailIn, type Waiting } from "./words.ts";

/** Point `desk/page@1`: messages that wait, and what became of the others. */
export function MailsPage() {
  const { say, rpc, language } = useMailIn();
  const errorText = useErrorText();
  const list = useQuery(rpc.list.queryOptions());
  const found = list.data;
  return (
    <Screen title={say("list.title")} width="wide">
      <Stack gap="xl">
        {list.isPending && <Skeleton lines={5} />}
        {list.isError && <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />}
        {found && (
          <>
            {found.isOurs ? (
              <Text>
                {found.readAt === null
                  ? say("list.never")
                  : say("list.readAt", { at: formatInstant(found.readAt, language) })}
              </Text>
            ) : (
              <Alert>{say("list.notSet")}</Alert>
            )}
            <section aria-label={say("list.waiting")}>
              <Title order={2}>{say("list.waiting")}</Title>
              {found.waiting.length === 0 && <EmptyState title={say("list.empty")} />}
              <ul className="ds-list">
                {found.waiting.map((one) => (
                  <WaitingMail key={one.mailId} mail={one} />
                ))}
              </ul>
            </section>
            {found.filed.length > 0 && (
              <section aria-label={say("list.filed")}>
                <Title order={2}>{say("list.filed")}</Title>
                <ul className="ds-list">
                  {found.filed.map((one) => (
                    <FiledMail key={one.mailId} {...one} />
                  ))}
                </ul>
              </section>
            )}
            {found.byRule.length > 0 && (
              <section aria-label={say("list.byRule")}>
                <Title order={2}>{say("list.byRule")}</Title>
                <ul className="ds-list">
                  {found.byRule.map((one) => (
                    <MailByRule key={one.mailId} mail={one} />
                  ))}
                </ul>
              </section>
            )}
            <Counts counts={found.counts} />
            <BringMail onDone={() => void list.refetch()} />
          </>
        )}
      </Stack>
    </Screen>
  );
}

function MailLines(props: { readonly mail: Waiting }) {
  const { say, language } = useMailIn();
  const { mail } = props;
  return (
    <div>
      <Text fw={600}>{mail.subject || say("list.noSubject")}</Text>
      <Text size="sm">
        {mail.from || say("list.noSender")}
        {" · "}
        {say("list.arrived", { at: formatInstant(mail.arrivedAt, language) })}
        {mail.attachments > 0 && ` · ${say("list.files", { count: mail.attachments })}`}
      </Text>
      {mail.became !== "waiting" && <Badge variant="light">{say(`became.${mail.became}`)}</Badge>}
      {mail.reason !== null && <Text size="sm">{say(`reason.${mail.reason}`)}</Text>}
    </div>
  );
}

function WaitingMail(props: { readonly mail: Waiting }) {
  const { say } = useMailIn();
  const { go } = usePage();
  const { mailId, subject } = props.mail;
  return (
    <li className="ds-panel">
      <Group justify="space-between">
        <MailLines mail={props.mail} />
        <Button
          variant="default"
          aria-label={say("list.openOne", { subject: subject || say("list.noSubject") })}
          onClick={() => go(`/${mailId}`)}
        >
          {say("list.open")}
        </Button>
      </Group>
    </li>
  );
}

function MailByRule(props: { readonly mail: Waiting }) {
  const { say, rpc } = useMailIn();
  const errorText = useErrorText();
  const client = useQueryClient();
  const back = useMutation(
    rpc.bringBack.mutationOptions({ onSuccess: () => client.invalidateQueries(rpc.list.queryFilter()) }),
  );
  const { mailId, subject } = props.mail;
  return (
    <li className="ds-panel">
      <Group justify="space-between">
        <MailLines mail={props.mail} />
        <Button
          variant="subtle"
          aria-label={say("list.bringBackOne", { subject: subject || say("list.noSubject") })}
          loading={back.isPending}
          onClick={() => back.mutate({ mailId })}
        >
          {say("list.bringBack")}
        </Button>
      </Group>
      {back.error && <p role="alert">{errorText(back.error)}</p>}
    </li>
  );
}

interface Filed {
  readonly became: Waiting["became"];
  readonly caseNo: string;
  readonly title: string;
  readonly mark: string | null;
}

/** The first message of a petition, or one that was laid into it later. */
function FiledMail(props: Filed) {
  const { say } = useMailIn();
  const { go } = usePage();
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
      <Text size="sm" className="ds-mono">
        {props.caseNo}
      </Text>
      <Badge variant="light">{say(`became.${props.became}`)}</Badge>
      {props.mark !== null && <Text size="sm">{say("list.answerByHand", { mark: props.mark })}</Text>}
    </li>
  );
}

interface CountsProps {
  readonly counts: readonly { readonly became: Waiting["became"]; readonly count: number }[];
}

/** Every message stands in one of the rows, and the last one is their sum. */
function Counts(props: CountsProps) {
  const { say } = useMailIn();
  const sum = props.counts.reduce((all, one) => all + one.count, 0);
  if (sum === 0) return null;
  return (
    <section aria-label={say("list.counts")}>
      <Title order={2}>{say("list.counts")}</Title>
      <dl className="ds-summary">
        {props.counts.map((one) => (
          <div key={one.became}>
            <dt>{say(`became.${one.became}`)}</dt>
            <dd>{one.count}</dd>
          </div>
        ))}
        <div>
          <dt>{say("list.total")}</dt>
          <dd>{sum}</dd>
        </div>
      </dl>
    </section>
  );
}
