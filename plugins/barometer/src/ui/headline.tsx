import { Alert, formatNumber, Skeleton, Text, useErrorText, useQuery } from "@doorstep/sdk/ui";
import { useNumbers } from "./numbers.ts";
import { usePagePart } from "./page-part.ts";
import { useBarometer } from "./words.ts";

/** The first line: what has changed, and mainly where. */
export function Headline() {
  const { say, rpc, language } = useBarometer();
  const { percent, unitOf } = useNumbers();
  const errorText = useErrorText();
  const part = usePagePart("headline");
  const { data, isError, error } = part.or(useQuery(rpc.headline.queryOptions(undefined, part.alone)));
  if (isError) return <Alert color="red">{say("failed", { why: errorText(error) })}</Alert>;
  if (data === undefined) return <Skeleton lines={1} />;
  if (data === null) return <Text className="barometer-headline">{say("tooEarly")}</Text>;
  const { month, total, change, from } = data;
  const count = total === null ? say("hidden") : formatNumber(total, language);
  const words = [say("headline.count", { month, count })];
  if (change === 0) words.push(say("headline.same"));
  else if (change !== null)
    words.push(say(change > 0 ? "headline.more" : "headline.less", { share: percent(Math.abs(change)) }));
  if (from)
    words.push(say("headline.from", { unit: unitOf(from), category: from.categoryName?.[language] ?? from.category }));
  return <Text className="barometer-headline">{`${words.join(say("headline.between"))}${say("headline.end")}`}</Text>;
}
