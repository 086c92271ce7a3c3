import {
  Anchor,
  Button,
  EmptyState,
  ErrorState,
  formatDate,
  formatNumber,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { categoryTexts } from "../facts/texts.ts";
import { partOf } from "./part.ts";
import { useIndicators } from "./words.ts";

/** What was registered at a unit in a month: as it was released, and the petitions among them that the reader may open. */
export default function RegisteredPage() {
  const { say, rpc, language } = useIndicators();
  const { params, back } = usePage();
  const errorText = useErrorText();
  const { month = "", at = "", scope } = params;
  const { category } = partOf(params.category, undefined);
  const asked = { month, at, below: scope !== "own", ...(category && { category }) };
  const found = useQuery(rpc.registered.queryOptions(asked, { staleTime: 0 }));
  const what = category ? categoryTexts[category][language] : say("registered.all");
  const number = (count: number | null): string => (count === null ? say("hidden") : formatNumber(count, language));
  return (
    <Screen title={say("registered.title", { month })} width="wide">
      <Stack gap="lg">
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={5} />}
        {found.data && (
          <>
            <div>
              <Text>
                {say(scope === "own" ? "registered.own" : "registered.of", { unit: found.data.unit[language], what })}
              </Text>
              <Text>
                {found.data.released
                  ? say("registered.released", { count: number(found.data.released.count) })
                  : say("notReleased")}
              </Text>
              <Text>{say("registered.live", { count: formatNumber(found.data.live.count, language) })}</Text>
              <Text size="sm">{say("registered.rule")}</Text>
            </div>
            {found.data.live.count === 0 && <EmptyState title={say("noCases")} />}
            {found.data.live.cases.length > 0 && (
              <>
                {found.data.live.count > found.data.live.cases.length && (
                  <Text>{say("registered.listed", { shown: found.data.live.cases.length })}</Text>
                )}
                <ul className="ds-list">
                  {found.data.live.cases.map((one) => (
                    <li key={one.key} className="ds-panel">
                      <Anchor href={`/desk/c/${one.caseNo}`}>{`${one.caseNo} ${one.title}`}</Anchor>
                      <Text size="sm">{say("registered.day", { on: formatDate(one.day, language) })}</Text>
                    </li>
                  ))}
                </ul>
              </>
            )}
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
