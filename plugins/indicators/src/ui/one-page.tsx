import {
  Anchor,
  Button,
  EmptyState,
  ErrorState,
  formatDate,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { categoryTexts, channelTexts } from "../facts/texts.ts";
import { type IndicatorCode, indicatorCodes } from "../facts/things.ts";
import { partOf } from "./part.ts";
import { useShown } from "./shown.ts";
import { useIndicators } from "./words.ts";

/** One indicator: what it is made of, how it is counted, and the petitions behind it that the reader may open. */
export default function OnePage() {
  const { say, rpc, language } = useIndicators();
  const { params, back } = usePage();
  const errorText = useErrorText();
  const code: IndicatorCode = indicatorCodes.find((one) => one === params.code) ?? "I1";
  const month = params.month ?? "";
  const part = partOf(params.category, params.channel);
  const asked = { month, below: params.scope !== "own", code, ...part };
  const shown = useShown();
  const { code: _, ...whole } = asked;
  const counted = useQuery(rpc.month.queryOptions(whole, { staleTime: 0 }));
  const number = counted.data?.indicators.find((one) => one.code === code);
  const found = useQuery(rpc.cases.queryOptions(asked, { staleTime: 0 }));
  return (
    <Screen title={`${say(`name.${code}`)} ${month}`} width="wide">
      <Stack gap="lg">
        <div>
          {number && <Text fw={600}>{say("made.live", { share: shown(number.live) })}</Text>}
          {number?.released && <Text fw={600}>{say("made.released", { share: shown(number.released) })}</Text>}
          <Text>{say("above", { what: say(`counts.${code}`) })}</Text>
          <Text>{say("below", { what: say(`of.${code}`) })}</Text>
          {part.category && <Text>{say("part.only", { what: categoryTexts[part.category][language] })}</Text>}
          {part.channel && <Text>{say("part.only", { what: channelTexts[part.channel][language] })}</Text>}
          <Text size="sm">{say("rule")}</Text>
        </div>
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={5} />}
        {found.data?.total === 0 && <EmptyState title={say("noCases")} />}
        {found.data && found.data.total > 0 && (
          <>
            <Text>{say("listed", { total: found.data.total, shown: found.data.cases.length })}</Text>
            <ul className="ds-list">
              {found.data.cases.map((one) => (
                <li key={one.key} className="ds-panel">
                  <Anchor href={`/desk/c/${one.caseNo}`}>{`${one.caseNo} ${one.title}`}</Anchor>
                  <Text size="sm">{say(one.counts ? "does" : "doesNot", { on: formatDate(one.day, language) })}</Text>
                </li>
              ))}
            </ul>
          </>
        )}
        <div>
          <Button variant="default" onClick={back}>
            {say("back")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}
