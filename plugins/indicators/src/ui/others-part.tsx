import {
  ErrorState,
  Form,
  formatDate,
  formatNumber,
  Skeleton,
  Stack,
  Table,
  Text,
  TextField,
  Title,
  useErrorText,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import type { OtherFigure } from "../others.ts";
import { useIndicators } from "./words.ts";

interface OthersPartProps {
  readonly month: string;
  readonly below: boolean;
}

/** What other modules released of the month, each with what is divided; and, with the units below, how many wrote of a thousand. */
export function OthersPart({ month, below }: OthersPartProps) {
  const { say, rpc, language } = useIndicators();
  const errorText = useErrorText();
  const found = useQuery(rpc.others.queryOptions({ month, below }, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={4} />;
  const { others, context } = found.data;
  const number = (value: number | null): string => (value === null ? say("hidden") : formatNumber(value, language));
  const share = (above: number | null, of: number | null): string => {
    if (of === 0) return say("nothing");
    if (above === null && of === null) return say("hidden");
    const isWhole = above !== null && of !== null;
    const percent = isWhole ? `${number(Math.round((above / of) * 1_000) / 10)}%` : say("hidden");
    return say("share", { percent, above: number(above), below: number(of) });
  };
  const wordsOf = ({ code, above, below: of }: OtherFigure): string => {
    if (above === undefined) return of === null ? say("others.few") : number(of);
    if (!code.startsWith("I23")) return share(above, of);
    return above === null || of === null
      ? say("others.few")
      : say("others.count", { above: number(above), below: number(of) });
  };
  const caption = say("others.caption", { month });
  return (
    <Stack gap="lg">
      {others.length > 0 && (
        <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} role="group" aria-label={caption}>
          <Table>
            <Table.Caption>{caption}</Table.Caption>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{say("column.indicator")}</Table.Th>
                <Table.Th scope="col">{say("column.released")}</Table.Th>
                <Table.Th scope="col">{say("others.counted")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {others.map((one) => (
                <Table.Tr key={one.code}>
                  <Table.Th scope="row">{say(`others.name.${one.code}`)}</Table.Th>
                  <Table.Td>
                    {wordsOf(one)}
                    {one.number > 1 && (
                      <Text size="sm">
                        {say("corrected", { number: one.number, on: formatDate(one.releasedAt, language) })}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>{say(`others.how.${one.code}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {context && <Rate month={month} {...context} />}
    </Stack>
  );
}

interface RateProps {
  readonly month: string;
  readonly strength: { readonly month: string; readonly people: number } | null;
  readonly rate: number | null;
  readonly mayEnter: boolean;
}

/** Context alone: by it nobody is scored. */
function Rate({ month, strength, rate, mayEnter }: RateProps) {
  const { say, rpc, language } = useIndicators();
  const errorText = useErrorText();
  const client = useQueryClient();
  const enter = useMutation(rpc.setStrength.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  return (
    <div className="ds-panel">
      <Title order={2}>{say("rate.title")}</Title>
      <Text>
        {rate === null
          ? say("rate.hidden")
          : say("rate.value", { rate: formatNumber(Math.round(rate * 10) / 10, language) })}
      </Text>
      <Text size="sm">{say("rate.never")}</Text>
      <Text size="sm">
        {strength ? say("rate.strength", { month: strength.month, people: strength.people }) : say("rate.unknown")}
      </Text>
      {mayEnter && (
        <Form
          key={month}
          initial={{ people: strength ? String(strength.people) : "" }}
          submitLabel={say("rate.save")}
          busy={enter.isPending}
          error={enter.isError ? errorText(enter.error) : undefined}
          onSubmit={({ people }) => enter.mutate({ month, people: Number(people) })}
        >
          <TextField
            name="people"
            label={say("rate.people", { month })}
            hint={say("rate.hint")}
            inputMode="numeric"
            maxLength={8}
            required
          />
        </Form>
      )}
    </div>
  );
}
