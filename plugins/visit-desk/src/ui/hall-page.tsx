import "./visit.css";
import {
  Anchor,
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
import { type ReactNode, useState } from "react";
import { ArrivePart } from "./arrive-part.tsx";
import { CallPanel } from "./call-panel.tsx";
import { useVisitDesk } from "./words.ts";

/** The hall changes by what colleagues do. */
const FRESH_MS = 10_000;

export interface InHall {
  readonly visitId: string;
  readonly no: number;
  readonly safety: boolean;
  readonly urgent: boolean;
  readonly headcount: number;
  readonly representatives: number;
  readonly companions: number;
  readonly arrivedAt: string;
  readonly room: string | null;
  readonly mine: boolean;
}

/** Point `desk/page@1`: who waits, who is being heard, and the next number. */
export function HallPage() {
  const { say, rpc } = useVisitDesk();
  const { go } = usePage();
  const errorText = useErrorText();
  const hall = useQuery(rpc.today.queryOptions(undefined, { refetchInterval: FRESH_MS }));
  const [calling, setCalling] = useState<InHall>();
  return (
    <Screen title={say("hall.title")} width="wide">
      <Stack gap="xl">
        <ArrivePart />
        {hall.isPending && <Skeleton lines={4} />}
        {hall.isError && <ErrorState title={errorText(hall.error)} onRetry={() => void hall.refetch()} />}
        {hall.data && (
          <>
            <section aria-labelledby="waiting">
              <Title order={2} id="waiting">
                {say("hall.waiting")}
              </Title>
              {hall.data.waiting.length === 0 && <EmptyState title={say("hall.empty")} />}
              <ol className="ds-list">
                {hall.data.waiting.map((one, at) => (
                  <Visitor key={one.visitId} visitor={one}>
                    <Button variant={at === 0 ? "filled" : "default"} onClick={() => setCalling(one)}>
                      {say("callIn.button", { no: one.no })}
                    </Button>
                    {!one.urgent && <Hasten visitor={one} />}
                    <Left visitor={one} />
                  </Visitor>
                ))}
              </ol>
            </section>
            {hall.data.talking.length > 0 && (
              <section aria-labelledby="talking">
                <Title order={2} id="talking">
                  {say("hall.talking")}
                </Title>
                <ul className="ds-list">
                  {hall.data.talking.map((one) => (
                    <Visitor key={one.visitId} visitor={one}>
                      {one.mine && (
                        <Button onClick={() => go(`/${one.visitId}`)}>{say("hall.go", { no: one.no })}</Button>
                      )}
                      <Left visitor={one} />
                    </Visitor>
                  ))}
                </ul>
              </section>
            )}
            {hall.data.heard.length > 0 && (
              <section aria-labelledby="heard">
                <Title order={2} id="heard">
                  {say("hall.heard")}
                </Title>
                <ul className="ds-list">
                  {hall.data.heard.map((one) => (
                    <li key={one.visitId}>
                      {say("hall.no", { no: one.no })} <Anchor href={`/desk/c/${one.caseNo}`}>{one.title}</Anchor>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {calling && <CallPanel visitor={calling} rooms={hall.data.rooms} onClose={() => setCalling(undefined)} />}
            <div>
              <Button variant="default" onClick={() => go("/board")}>
                {say("hall.board")}
              </Button>
            </div>
          </>
        )}
      </Stack>
    </Screen>
  );
}

function Visitor(props: { readonly visitor: InHall; readonly children: ReactNode }) {
  const { say, language } = useVisitDesk();
  const { visitor: one } = props;
  return (
    <li className="ds-panel">
      <Group justify="space-between">
        <div>
          <Group gap="sm">
            <span className="visit-desk-no">{say("hall.no", { no: one.no })}</span>
            {one.safety && <Badge color="red">{say("hall.safety")}</Badge>}
            {one.urgent && <Badge variant="light">{say("hall.urgent")}</Badge>}
          </Group>
          <Text size="sm">
            {[
              say("hall.people", { count: one.headcount }),
              ...(one.headcount > 1 ? [say("hall.speakers", { count: one.representatives })] : []),
              ...(one.companions > 0 ? [say("hall.companions", { count: one.companions })] : []),
              one.room === null
                ? say("hall.since", { at: formatInstant(one.arrivedAt, language) })
                : say("hall.in", { room: one.room }),
            ].join(" · ")}
          </Text>
        </div>
        <Group gap="sm">{props.children}</Group>
      </Group>
    </li>
  );
}

function useHallAnew() {
  const { rpc } = useVisitDesk();
  const client = useQueryClient();
  return () => client.invalidateQueries(rpc.today.queryFilter());
}

function Hasten(props: { readonly visitor: InHall }) {
  const { say, rpc } = useVisitDesk();
  const hasten = useMutation(rpc.hasten.mutationOptions({ onSettled: useHallAnew() }));
  const { visitId, no, safety } = props.visitor;
  return (
    <Button
      variant="default"
      loading={hasten.isPending}
      onClick={() => hasten.mutate({ visitId, safety, urgent: true })}
    >
      {say("hall.hasten", { no })}
    </Button>
  );
}

function Left(props: { readonly visitor: InHall }) {
  const { say, rpc } = useVisitDesk();
  const left = useMutation(rpc.leave.mutationOptions({ onSettled: useHallAnew() }));
  const { visitId, no } = props.visitor;
  return (
    <Button variant="subtle" loading={left.isPending} onClick={() => left.mutate({ visitId })}>
      {say("hall.left", { no })}
    </Button>
  );
}
