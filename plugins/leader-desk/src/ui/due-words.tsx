import { dayOf } from "@doorstep/sdk";
import { DueBadge, dueMark, formatDate } from "@doorstep/sdk/ui";
import type { Urgent } from "./most-urgent.ts";
import { useLeaderDesk } from "./words.ts";

const DAY_MS = 86_400_000;

/** What is next and by when: absolute, then how many days are left. */
export function DueWords(props: { readonly what: Urgent["what"]; readonly on: string }) {
  const { say, language, timeZone } = useLeaderDesk();
  const today = dayOf(new Date().toISOString(), timeZone);
  const daysLeft = (Date.parse(props.on) - Date.parse(today)) / DAY_MS;
  const left =
    daysLeft > 0 ? say("left", { n: daysLeft }) : daysLeft === 0 ? say("dueToday") : say("late", { n: -daysLeft });
  return (
    <DueBadge
      state={dueMark({ daysLeft }).state}
      label={`${say(`next.${props.what}`, { on: formatDate(props.on, language) })} · ${left}`}
    />
  );
}
