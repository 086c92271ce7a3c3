import { type Delimiter, delimiters, type Encoding, encodings, type Guess } from "@doorstep/sdk/sheets";
import {
  Alert,
  Button,
  ErrorState,
  RadioCards,
  Screen,
  Select,
  Skeleton,
  Stack,
  Steps,
  Table,
  Text,
  Title,
  useErrorText,
  useMutation,
  useQuery,
} from "@doorstep/sdk/ui";
import { useEffect, useState } from "react";
import type { ChosenReading } from "./import-page.tsx";
import { type Say, type TextKey, useLedgerImport } from "./words.ts";

const delimiterWords: Readonly<Record<Delimiter, TextKey>> = {
  ",": "reading.delimiters.comma",
  ";": "reading.delimiters.semicolon",
  "\t": "reading.delimiters.tab",
  "|": "reading.delimiters.bar",
};

/** Step 2: a person looks at the first rows and says in which encoding they read well. */
export function ReadingStep(props: { readonly importId: string; readonly onDone: (reading: ChosenReading) => void }) {
  const { say, rpc } = useLedgerImport();
  const errorText = useErrorText();
  const inspect = useMutation(rpc.inspect.mutationOptions());
  const { mutate } = inspect;
  useEffect(() => mutate({ importId: props.importId }), [mutate, props.importId]);
  return (
    <Screen title={say("reading.title")} width="wide" before={<Steps current={2} total={5} />}>
      {inspect.isError && (
        <ErrorState title={errorText(inspect.error)} onRetry={() => mutate({ importId: props.importId })} />
      )}
      {inspect.data ? (
        <Confirm
          importId={props.importId}
          format={inspect.data.format}
          guesses={inspect.data.guesses}
          onDone={props.onDone}
        />
      ) : (
        !inspect.isError && <Skeleton lines={6} />
      )}
    </Screen>
  );
}

interface ConfirmProps {
  readonly importId: string;
  readonly format: "csv" | "xlsx";
  readonly guesses: readonly Guess[];
  readonly onDone: (reading: ChosenReading) => void;
}

const cardsOf = (guesses: readonly Guess[], say: Say) =>
  guesses.slice(0, 3).map((guess) => ({
    value: guess.encoding,
    label: guess.encoding.toUpperCase(),
    note: say(`reading.evidence.${guess.evidence}`, guess.params),
  }));

function Confirm(props: ConfirmProps) {
  const { say } = useLedgerImport();
  const isText = props.format === "csv";
  const [encoding, setEncoding] = useState<Encoding | null>(isText ? (props.guesses[0]?.encoding ?? "utf-8") : null);
  const [delimiter, setDelimiter] = useState<Delimiter | null>(null);
  const cards = cardsOf(props.guesses, say);
  const others = encodings.filter((one) => !cards.some((card) => card.value === one));
  return (
    <Stack gap="lg">
      {isText ? (
        <>
          <RadioCards
            name="encoding"
            label={say("reading.question")}
            hint={say("reading.hint")}
            cards={cards}
            value={encoding ?? ""}
            onChange={(value) => value && setEncoding(value)}
          />
          <Select
            name="other"
            label={say("reading.other")}
            options={others.map((one) => ({ value: one, label: one.toUpperCase() }))}
            value={others.find((one) => one === encoding) ?? ""}
            onChange={(value) =>
              setEncoding(encodings.find((one) => one === value) ?? props.guesses[0]?.encoding ?? "utf-8")
            }
          />
        </>
      ) : (
        <Text>{say("reading.workbook")}</Text>
      )}
      <SampleRows importId={props.importId} encoding={encoding} delimiter={delimiter} onDelimiter={setDelimiter} />
      <div>
        <Button onClick={() => props.onDone({ encoding, delimiter })}>{say("reading.next")}</Button>
      </div>
    </Stack>
  );
}

interface SampleProps extends ChosenReading {
  readonly importId: string;
  readonly onDelimiter: (delimiter: Delimiter | null) => void;
}

/** The first rows as they would be read. */
function SampleRows(props: SampleProps) {
  const { say, rpc } = useLedgerImport();
  const errorText = useErrorText();
  const { importId, encoding, delimiter } = props;
  const sample = useMutation(rpc.sample.mutationOptions());
  const { mutateAsync } = sample;
  const read = useQuery({
    queryKey: ["ledger-import", "sample", importId, encoding, delimiter],
    queryFn: () => mutateAsync({ importId, encoding, delimiter }),
    retry: false,
  });
  if (read.isError)
    return (
      <Alert color="red" role="alert" className="ds-alert">
        {errorText(read.error)}
      </Alert>
    );
  if (!read.data) return <Skeleton lines={4} />;
  return (
    <>
      {read.data.delimiter !== null && (
        <Select
          name="delimiter"
          label={say("reading.delimiter")}
          options={delimiters.map((one) => ({ value: one, label: say(delimiterWords[one]) }))}
          value={delimiter ?? read.data.delimiter}
          onChange={(value) => props.onDelimiter(delimiters.find((one) => one === value) ?? null)}
        />
      )}
      <div>
        <Title order={2}>{say("reading.sample")}</Title>
        <SampleTable columns={read.data.columns} rows={read.data.rows} label={say("reading.sample")} />
      </div>
    </>
  );
}

function SampleTable(props: {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly label: string;
}) {
  return (
    <section
      aria-label={props.label}
      style={{ overflowX: "auto" }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <Table withTableBorder>
        <Table.Thead>
          <Table.Tr>
            {props.columns.map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.rows.map((cells, row) => (
            <Table.Tr key={row}>
              {props.columns.map((column, i) => (
                <Table.Td key={column} style={{ minWidth: "8rem" }}>
                  {(cells[i] ?? "").slice(0, 60)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
