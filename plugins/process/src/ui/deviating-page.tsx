import {
  Anchor,
  Button,
  EmptyState,
  ErrorState,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { deviations } from "../own/deviations.ts";
import { useProcess } from "./words.ts";

/** The petitions that left the straight way in one manner, as far as the reader may open them. */
export default function DeviatingPage() {
  const { say, rpc, number } = useProcess();
  const { params, back } = usePage();
  const errorText = useErrorText();
  const code = deviations.find((one) => one === params.code) ?? "back";
  const asked = { from: params.from ?? "", to: params.to ?? "", below: params.scope !== "own", code };
  const found = useQuery(rpc.deviating.queryOptions(asked, { staleTime: 0 }));
  return (
    <Screen title={say(`off.${code}`)} width="wide">
      <Stack gap="lg">
        <Text>{say(`off.why.${code}`)}</Text>
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton lines={5} />}
        {found.data?.total === 0 && <EmptyState title={say("off.none")} />}
        {found.data && found.data.total > 0 && (
          <>
            <Text>
              {say("off.listed", { total: number(found.data.total), shown: number(found.data.cases.length) })}
            </Text>
            <ul className="ds-list">
              {found.data.cases.map((one) => (
                <li key={one.caseNo} className="ds-panel">
                  <Anchor href={`/desk/c/${one.caseNo}`}>{`${one.caseNo} ${one.title}`}</Anchor>
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
