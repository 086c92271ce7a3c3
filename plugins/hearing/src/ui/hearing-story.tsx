import { Badge, formatDate, Group, Text } from "@doorstep/sdk/ui";
import type { AttendantView, HearingView, PanelView, SettingView } from "./hearing-view.ts";
import { useHearing } from "./words.ts";

const colors = {
  ...{ applied: "orange", called: "indigo", heard: "indigo", concluded: "indigo", closed: "teal" },
  ...{ withdrawn: "gray", refused: "gray", off: "gray", lapsed: "gray" },
} as const;

export function StateBadge(props: { readonly state: SettingView["state"] }) {
  const { say } = useHearing();
  return (
    <Badge variant="light" c="dark.9" color={colors[props.state]}>
      {say(`state.${props.state}`)}
    </Badge>
  );
}

function usePanelLine(panel: readonly PanelView[]): string {
  const { say } = useHearing();
  return panel
    .map(({ name, chair, left }) => {
      if (left) return say("panel.left", { name });
      return chair ? say("panel.chair", { name }) : name;
    })
    .join(say("panel.and"));
}

/** Day, place and panel, as the notice says them. */
export function SettingLines(props: { readonly one: SettingView }) {
  const { say, language } = useHearing();
  const { one } = props;
  const people = usePanelLine(one.panel);
  return (
    <>
      <Group gap="sm">
        {one.hearingOn !== null && (
          <Text fw={600}>{say("when", { on: formatDate(one.hearingOn, language), at: one.startsAt ?? "" })}</Text>
        )}
        <StateBadge state={one.state} />
      </Group>
      {one.subject !== null && <Text>{one.subject}</Text>}
      {one.place !== null && (
        <Text size="sm">{say("where", { place: one.place, how: say(one.open ? "how.open" : "how.closed") })}</Text>
      )}
      {people !== "" && <Text size="sm">{say("panel.people", { people })}</Text>}
      {one.attendants !== null && one.attendants !== "" && (
        <Text size="sm">{say("attendants", { words: one.attendants })}</Text>
      )}
      {one.wish !== null && <Text>{say("wish", { words: one.wish })}</Text>}
      {one.reason !== null && (
        <Text>{say(`because.${one.state === "refused" ? "refused" : "off"}`, { words: one.reason })}</Text>
      )}
    </>
  );
}

/** What was concluded, by how many. */
export function ConclusionLines(props: { readonly one: SettingView }) {
  const { say } = useHearing();
  const { conclusion, votesFor, votesAgainst } = props.one;
  if (conclusion === null) return null;
  return (
    <>
      <Text>{say("conclusion", { words: conclusion })}</Text>
      <Text size="sm">{say("votes", { yes: votesFor ?? 0, no: votesAgainst ?? 0 })}</Text>
    </>
  );
}

/** How each who was there stands to the record. */
export function AttendantLine(props: { readonly one: AttendantView }) {
  const { say } = useHearing();
  const { kind, part, signed, correction, declined } = props.one;
  const who = kind === "petitioner" ? say("petitioner") : (part ?? say("someone"));
  const how = declined === null ? say(signed ? "signed" : "unsigned") : say("declined", { words: declined });
  return (
    <>
      <span>{say("attendant", { who, how })}</span>
      {correction !== null && <Text size="sm">{say("correction", { words: correction })}</Text>}
    </>
  );
}

export function RecordLines(props: { readonly record: string | null; readonly there: readonly AttendantView[] }) {
  const { say } = useHearing();
  if (props.record === null) return null;
  return (
    <>
      <Text fw={600}>{say("record.title")}</Text>
      <p className="ds-text">{props.record}</p>
      <ul>
        {props.there.map((one) => (
          <li key={one.attendantId}>
            <AttendantLine one={one} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The whole of one hearing, for the desk. */
export function HearingStory(props: { readonly one: HearingView }) {
  const { say, language } = useHearing();
  const { one } = props;
  const on = (day: string) => formatDate(day, language);
  const nameOf = (personId: string) => one.panel.find((each) => each.personId === personId)?.name ?? "";
  return (
    <>
      <SettingLines one={one} />
      {one.ground !== null && one.wish === null && <Text size="sm">{say(`ground.${one.ground}`)}</Text>}
      {one.state === "called" && one.noticedOn === null && (
        <Text size="sm">{say(one.noticeBack ? "notice.back" : "notice.waits")}</Text>
      )}
      {one.noticedOn !== null && (
        <Text size="sm">{say("notice.sent", { on: on(one.noticedOn), no: one.noticeNo ?? "" })}</Text>
      )}
      {one.isLate && <Text fw={600}>{say("notice.late")}</Text>}
      {one.recusals.map((each) => (
        <div key={each.recusalId}>
          <Text size="sm">{say("recusal.asked", { name: nameOf(each.personId), words: each.why })}</Text>
          <Text size="sm">
            {each.granted === null
              ? say("recusal.open")
              : say(each.granted ? "recusal.granted" : "recusal.refused", { words: each.reason ?? "" })}
          </Text>
        </div>
      ))}
      <RecordLines record={one.record} there={one.there} />
      <ConclusionLines one={one} />
      {one.state === "closed" && one.conclusion !== null && one.hearingOn !== null && (
        <Text size="sm">
          {say("forReply", {
            on: on(one.hearingOn),
            words: one.conclusion,
            yes: one.votesFor ?? 0,
            no: one.votesAgainst ?? 0,
          })}
        </Text>
      )}
    </>
  );
}
