import { formatDate, Group, Text } from "@doorstep/sdk/ui";
import { StateBadge } from "./item-list.tsx";
import type { ItemView } from "./item-view.ts";
import { useBacklog } from "./words.ts";

/** Why it hangs, what was reviewed, what a third unit found, and how it was struck off. */
export function ItemStory({ item }: { readonly item: ItemView }) {
  const { say, language } = useBacklog();
  const day = (on: string) => formatDate(on, language);
  return (
    <>
      <Group gap="sm">
        <StateBadge item={item} />
        <Text size="sm">{say("age", { n: item.ageDays })}</Text>
        <Text size="sm">{item.reasons.map((why) => say(`reason.${why}`)).join(" · ")}</Text>
        {!item.counted && !item.how && <Text size="sm">{say("notCounted")}</Text>}
      </Group>
      <Text>
        {item.cause && item.class
          ? say("sorted", { cause: say(`cause.${item.cause}`), class: say(`class.${item.class}`) })
          : say("noCause")}
      </Text>
      {item.measures !== "" && <Text className="ds-text">{item.measures}</Text>}
      {item.state === "checking" && item.checkUnit && (
        <Text>{say("beingChecked", { unit: item.checkUnit[language] })}</Text>
      )}
      {item.reviews.length > 0 && (
        <section>
          <h2>{say("review.title")}</h2>
          <ul className="ds-list">
            {item.reviews.map((one) => (
              <li key={`${one.on} ${one.words}`}>
                {day(one.on)}
                <Text className="ds-text">{one.words}</Text>
              </li>
            ))}
          </ul>
        </section>
      )}
      {item.checks.length > 0 && (
        <section>
          <h2>{say("check.found")}</h2>
          <ul className="ds-list">
            {item.checks.map((one) => (
              <li key={`${one.interviewedOn} ${one.words}`}>
                {say(one.ok ? "check.passed" : "check.failed", {
                  ...{ on: day(one.interviewedOn), unit: one.unit?.[language] ?? "" },
                  kept: say(one.kept ? "check.kept" : "check.notKept"),
                })}
                <Text className="ds-text">{one.words}</Text>
              </li>
            ))}
          </ul>
        </section>
      )}
      {item.how && (
        <section>
          <h2>{say(`how.${item.how}`)}</h2>
          <Text className="ds-text">{item.struckWords}</Text>
          {item.state === "struck" && item.lookOn && <Text>{say("lookOn", { on: day(item.lookOn) })}</Text>}
          {item.state === "struck" && item.isDue && !item.mayLookBack && <Text>{say("look.another")}</Text>}
        </section>
      )}
      {item.lookWords !== "" && <Text>{say("looked", { words: item.lookWords })}</Text>}
    </>
  );
}
