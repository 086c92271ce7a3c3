import {
  Anchor,
  Button,
  formatDate,
  formatNumber,
  Group,
  Table,
  Text,
  useMutation,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { StateBadge } from "./cause-list.tsx";
import type { CauseView, RoundView } from "./cause-view.ts";
import { useRootCause } from "./words.ts";

/** Where it comes from, what each round found and did, what the figures said, and what other units answered. */
export function CauseStory({ cause }: { readonly cause: CauseView }) {
  const { say, language } = useRootCause();
  const day = (on: string) => formatDate(on, language);
  return (
    <>
      <Group gap="sm">
        <StateBadge cause={cause} />
        <Text size="sm">
          {say("about", { kind: say(`kind.${cause.kind}`), subject: say(`subject.${cause.subject}`) })}
        </Text>
        <Text size="sm">{cause.unit?.[language]}</Text>
      </Group>
      <Text size="sm">{say("story.origin", { origin: say(`origin.${cause.origin}`), on: day(cause.openedOn) })}</Text>
      <Petitions cause={cause} />
      {cause.rounds.map((round) => (
        <section key={round.no} className="ds-panel">
          <h2>{say("roundNo", { n: round.no })}</h2>
          <RoundStory round={round} isWaiting={cause.state === "checking" && round.no === cause.round} />
        </section>
      ))}
      {cause.asks.length > 0 && (
        <section>
          <h2>{say("ask.heading")}</h2>
          <ul className="ds-list">
            {cause.asks.map((one) => (
              <li key={one.askId}>
                {say(
                  one.found === null
                    ? one.isLate
                      ? "ask.late"
                      : "ask.waiting"
                    : one.found
                      ? "ask.found"
                      : "ask.notFound",
                  {
                    ...{ unit: one.unit?.[language] ?? "", on: day(one.answeredOn ?? one.dueOn) },
                  },
                )}
                {one.words && <Text className="ds-text">{one.words}</Text>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {cause.endWords !== "" && cause.endedOn && (
        <Text>{say("story.ended", { on: day(cause.endedOn), words: cause.endWords })}</Text>
      )}
    </>
  );
}

function Petitions({ cause }: { readonly cause: CauseView }) {
  const { say, rpc } = useRootCause();
  const client = useQueryClient();
  const unlink = useMutation(rpc.unlink.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  if (cause.petitions.length === 0) return null;
  return (
    <section>
      <h2>{say("story.petitions")}</h2>
      <Text size="sm">{say("story.petitionsNote")}</Text>
      <ul className="ds-list">
        {cause.petitions.map(({ caseId, caseNo, title }) => (
          <li key={caseId}>
            <Group justify="space-between">
              <Anchor href={`/desk/c/${caseNo}`}>
                <span className="ds-mono">{caseNo}</span> {title}
              </Anchor>
              {cause.mayLink && (
                <Button
                  variant="default"
                  loading={unlink.isPending}
                  onClick={() => unlink.mutate({ causeId: cause.causeId, caseId })}
                  aria-label={say("story.unlinkOne", { title })}
                >
                  {say("story.unlink")}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RoundStory({ round, isWaiting }: { readonly round: RoundView; readonly isWaiting: boolean }) {
  const { say, language } = useRootCause();
  const day = (on: string) => formatDate(on, language);
  const owner = round.owner ? "story.ownerPerson" : round.hasOwner ? "story.ownerHidden" : "story.owner";
  return (
    <>
      <Text className="ds-text">{say("story.cause", { words: round.causeWords })}</Text>
      <Text className="ds-text">{say("story.fix", { words: round.fixWords })}</Text>
      <Text size="sm">
        {say(owner, {
          ...{ unit: round.ownerUnit?.[language] ?? "", person: round.owner ?? "", on: day(round.dueOn) },
        })}
      </Text>
      {round.steps.length > 0 && (
        <>
          <h3>{say("story.steps")}</h3>
          <ul>
            {round.steps.map((step) => (
              <li key={step.stepId}>
                {say(step.doneOn ? "story.stepDone" : step.isLate ? "story.stepLate" : "story.stepOpen", {
                  ...{ what: step.what, on: day(step.doneOn ?? step.dueOn), words: step.doneWords },
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {round.doneOn && (
        <Text className="ds-text">{say("story.done", { on: day(round.doneOn), words: round.doneWords ?? "" })}</Text>
      )}
      {isWaiting && <Text>{say("story.waiting")}</Text>}
      <RoundFigures round={round} />
      {round.judgedWords && <Text className="ds-text">{say("story.judged", { words: round.judgedWords })}</Text>}
    </>
  );
}

function RoundFigures({ round }: { readonly round: RoundView }) {
  const { say, language } = useRootCause();
  const { figures, verdict, verifiedOn } = round;
  if (!figures || !verdict || !verifiedOn) return null;
  const { before, after, expected, season } = figures;
  const count = ({ count: n, unknown }: typeof before): string =>
    unknown === 0
      ? formatNumber(n, language)
      : say("figures.unknown", { count: formatNumber(n, language), n: unknown });
  const months = ({ from, to }: typeof before): string => say("figures.fromTo", { from, to });
  const rows = [
    { key: "before", months: months(before), count: count(before) },
    { key: "expected", months: months(after), count: formatNumber(expected, language) },
    { key: "after", months: months(after), count: count(after) },
  ] as const;
  return (
    <>
      <Text fw={600}>
        {say("figures.title", { on: formatDate(verifiedOn, language), verdict: say(`verdict.${verdict}`) })}
      </Text>
      <Table.ScrollContainer minWidth={320} type="native" tabIndex={0} role="group" aria-label={say("figures.caption")}>
        <Table>
          <Table.Caption>{say("figures.caption")}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              {(["span", "months", "count"] as const).map((key) => (
                <Table.Th key={key} scope="col">
                  {say(`figures.${key}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.key}>
                <Table.Th scope="row">{say(`figures.${row.key}`)}</Table.Th>
                <Table.Td>{row.months}</Table.Td>
                <Table.Td>{row.count}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm">
        {season === null
          ? say("figures.noSeason")
          : say("figures.season", { factor: formatNumber(Math.round(season * 100) / 100, language) })}
      </Text>
      {round.corrected && <Text size="sm">{say("figures.corrected")}</Text>}
    </>
  );
}
