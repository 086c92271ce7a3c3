import { Badge, Button, formatDate, Group, Text, usePage } from "@doorstep/sdk/ui";
import type { RowView } from "./item-view.ts";
import { useBacklog } from "./words.ts";

const colors = { open: "orange", checking: "indigo", checked: "teal", struck: "gray", closed: "gray" } as const;

export function StateBadge({ item }: { readonly item: Pick<RowView, "state" | "isDue"> }) {
  const { say } = useBacklog();
  const { state, isDue } = item;
  const due = state === "struck" ? "due.look" : "due.review";
  return (
    <Badge variant="light" c="dark.9" color={isDue ? "red" : colors[state]}>
      {say(isDue ? due : `state.${state}`)}
    </Badge>
  );
}

/** How old, which petition, why it counts, what it hangs on. */
export function ItemList({ items }: { readonly items: readonly RowView[] }) {
  const { say, language } = useBacklog();
  const { go } = usePage();
  return (
    <ul className="ds-list">
      {items.map((one) => (
        <li key={one.caseId} className="ds-panel">
          <Group justify="space-between">
            <div>
              <Text fw={700} size="lg">
                {say("age", { n: one.ageDays })}
              </Text>
              <Text fw={600}>{one.title}</Text>
              <Text size="sm">
                <span className="ds-mono">{one.caseNo}</span> · {one.holder[language]}
              </Text>
              <Group gap="sm">
                <StateBadge item={one} />
                <Text size="sm">
                  {[
                    ...one.reasons.map((why) => say(`reason.${why}`)),
                    one.cause ? say(`cause.${one.cause}`) : say("noCause"),
                  ].join(" · ")}
                </Text>
                {one.lookOn && <Text size="sm">{say("lookOn", { on: formatDate(one.lookOn, language) })}</Text>}
              </Group>
            </div>
            <Button
              variant="default"
              onClick={() => go(`portal:/desk/p/backlog/c/${one.caseId}`)}
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
