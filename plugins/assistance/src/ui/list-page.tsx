import {
  Button,
  EmptyState,
  ErrorState,
  Group,
  RadioCards,
  Screen,
  Select,
  Skeleton,
  Stack,
  Table,
  Text,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type Kind, kinds } from "../kinds.ts";
import { PetitionLine, SupportHead } from "./support-lines.tsx";
import type { SupportView } from "./support-view.ts";
import { useAssistance } from "./words.ts";

/** What is to be followed up, and what the unit gave. */
export default function ListPage() {
  const { say } = useAssistance();
  const [which, setWhich] = useState<"due" | "register" | "">("due");
  return (
    <Screen title={say("title")} width="wide">
      <Stack gap="lg">
        <RadioCards
          name="which"
          label={say("list.which")}
          value={which}
          onChange={setWhich}
          cards={(["due", "register"] as const).map((value) => ({ value, label: say(`list.${value}`) }))}
        />
        {which === "register" ? <Register /> : <ToFollowUp />}
      </Stack>
    </Screen>
  );
}

function Lines(props: { readonly supports: readonly SupportView[] }) {
  const { say } = useAssistance();
  const { go } = usePage();
  return (
    <ul className="ds-list">
      {props.supports.map((one) => (
        <li key={one.supportId} className="ds-panel">
          <Group justify="space-between">
            <div>
              <PetitionLine support={one} />
              <SupportHead support={one} />
              <Text size="sm">{one.given}</Text>
            </div>
            {one.mayAnswer && (
              <Button
                variant="default"
                onClick={() => go(`/s/${one.supportId}`)}
                aria-label={`${say("answer.go")} ${one.title}`}
              >
                {say("answer.go")}
              </Button>
            )}
          </Group>
        </li>
      ))}
    </ul>
  );
}

function ToFollowUp() {
  const { say, rpc } = useAssistance();
  const errorText = useErrorText();
  const list = useQuery(rpc.toFollowUp.queryOptions(undefined, { staleTime: 0 }));
  if (list.isError) return <ErrorState title={errorText(list.error)} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton lines={5} />;
  if (list.data.length === 0) return <EmptyState title={say("list.none")} />;
  return <Lines supports={list.data} />;
}

function Register() {
  const { say, rpc } = useAssistance();
  const errorText = useErrorText();
  const [month, setMonth] = useState("");
  const found = useQuery(rpc.register.queryOptions(month === "" ? {} : { month }, { staleTime: 0 }));
  // The months of the first answer stay: one of them is looked at, and the next one chosen.
  const latest = useQuery(rpc.register.queryOptions({}, { staleTime: 0 }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!(found.data && latest.data)) return <Skeleton lines={5} />;
  const options = latest.data.months.toReversed().map((one) => ({ value: one.month, label: one.month }));
  return (
    <>
      <Counts months={latest.data.months} />
      <p className="ds-hint">{say("register.note")}</p>
      <Select
        name="month"
        label={say("register.month")}
        options={options}
        value={found.data.month}
        onChange={setMonth}
      />
      {found.data.given.length === 0 && <EmptyState title={say("register.none")} />}
      <Lines supports={found.data.given} />
    </>
  );
}

function Counts(props: {
  readonly months: readonly { readonly month: string; readonly counts: Readonly<Record<Kind, number>> }[];
}) {
  const { say } = useAssistance();
  const given = props.months.filter((one) => Object.values(one.counts).some((count) => count > 0)).toReversed();
  if (given.length === 0) return <EmptyState title={say("register.noneYet")} />;
  return (
    <section>
      <Text fw={600}>{say("register.caption")}</Text>
      <Table.ScrollContainer
        minWidth={680}
        type="native"
        tabIndex={0}
        role="group"
        aria-label={say("register.caption")}
      >
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say("register.month")}</Table.Th>
              {kinds.map((kind) => (
                <Table.Th key={kind} scope="col">
                  {say(`kind.${kind}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {given.map((one) => (
              <Table.Tr key={one.month}>
                <Table.Th scope="row">{one.month}</Table.Th>
                {kinds.map((kind) => (
                  <Table.Td key={kind}>{one.counts[kind]}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
