import { Badge, Button, formatDate, Group, Text, usePage } from "@doorstep/sdk/ui";
import type { RowView } from "./cause-view.ts";
import { useRootCause } from "./words.ts";

const colors = {
  open: "orange",
  fixing: "indigo",
  checking: "teal",
  judging: "orange",
  closed: "gray",
  dropped: "gray",
} as const;

export function StateBadge({ cause }: { readonly cause: Pick<RowView, "state" | "isLate"> }) {
  const { say } = useRootCause();
  return (
    <Badge variant="light" c="dark.9" color={cause.isLate ? "red" : colors[cause.state]}>
      {say(cause.isLate ? "late" : `state.${cause.state}`)}
    </Badge>
  );
}

/** Each with its kind, how it stands, and by which day it is to be fixed. */
export function CauseList({ causes }: { readonly causes: readonly RowView[] }) {
  const { say, language } = useRootCause();
  const { go } = usePage();
  return (
    <ul className="ds-list">
      {causes.map((one) => (
        <li key={one.causeId} className="ds-panel">
          <Group justify="space-between">
            <div>
              <Text fw={600}>{one.title}</Text>
              <Text size="sm">
                {[one.unit?.[language] ?? "", say(`kind.${one.kind}`), say("roundNo", { n: one.round })].join(" · ")}
              </Text>
              <Group gap="sm">
                <StateBadge cause={one} />
                <Text size="sm">
                  {one.dueOn
                    ? say("fixBy", { on: formatDate(one.dueOn, language) })
                    : say("since", { on: formatDate(one.openedOn, language) })}
                </Text>
              </Group>
            </div>
            <Button
              variant="default"
              onClick={() => go(`portal:/desk/p/root-cause/c/${one.causeId}`)}
              aria-label={`${say("open")} ${one.title}`}
            >
              {say("open")}
            </Button>
          </Group>
        </li>
      ))}
    </ul>
  );
}
