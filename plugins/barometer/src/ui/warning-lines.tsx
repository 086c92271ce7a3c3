import type { Text as Words } from "@doorstep/sdk";
import { formatDate, formatInstant, formatNumber, Text } from "@doorstep/sdk/ui";
import type { RuleName } from "../rules/warnings-in.ts";
import { useBarometer } from "./words.ts";

interface WarningView {
  readonly rule: RuleName;
  readonly subject: string;
  readonly subjectName: Words | null;
  readonly about: Words | null;
  readonly unit: Words | null;
  readonly since: string;
  readonly month: string;
  readonly actual: number;
  readonly expected: number;
  readonly dueOn: string;
  readonly isLate: boolean;
  readonly isAsked: boolean;
  readonly isMine: boolean;
  readonly isHere: boolean;
  readonly state: "open" | "answered" | "falseAlarm";
  readonly words: string | null;
  readonly by: string | null;
  readonly closedAt: string | null;
}

/** What a warning is called: the matter and the unit. */
export function useWarningTitle(): (one: WarningView) => string {
  const { say, language } = useBarometer();
  return (one) => {
    const subject = one.subjectName?.[language] ?? one.subject;
    return say(`rule.${one.rule}.title`, { unit: one.about?.[language] ?? "", subject });
  };
}

/** What was found, by which rule, since when, and what is asked. */
export function WarningLines({ one }: { readonly one: WarningView }) {
  const { say, language } = useBarometer();
  const number = (value: number): string => formatNumber(Math.round(value * 10) / 10, language);
  const evidence = { month: one.month, actual: number(one.actual), expected: number(one.expected) };
  return (
    <>
      <Text>{`${say(`rule.${one.rule}.evidence`, evidence)} ${say("warnings.since", { month: one.since })}`}</Text>
      <Text fw={600}>{say(`rule.${one.rule}.question`)}</Text>
      <Text size="sm">{say("warnings.rule", { rule: say(`rule.${one.rule}.rule`) })}</Text>
      {one.state === "open" ? (
        <>
          <Text size="sm">
            {say(one.isMine ? "warnings.mine" : one.isAsked ? "warnings.asked" : "warnings.nobody", {
              unit: one.unit?.[language] ?? "",
            })}
          </Text>
          <Text size="sm">
            {say(one.isLate ? "warnings.late" : "warnings.due", { on: formatDate(one.dueOn, language) })}
          </Text>
        </>
      ) : (
        <>
          <Text size="sm">
            {say(`warnings.${one.state}`, {
              by: one.by ?? say("warnings.byAbove"),
              on: one.closedAt ? formatInstant(one.closedAt, language) : "",
            })}
          </Text>
          <Text>{one.words}</Text>
        </>
      )}
    </>
  );
}
