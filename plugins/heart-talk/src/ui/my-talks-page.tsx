import {
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
import { SignedOut } from "./signed-out.tsx";
import { TalkList } from "./talk-line.tsx";
import { useTalks } from "./words.ts";

/** P12: one's own talks, and the way to ask for one. */
export default function MyTalksPage() {
  const { user } = useTalks();
  return user ? <MyTalks /> : <SignedOut to="/p/heart-talk" />;
}

function MyTalks() {
  const { say, rpc } = useTalks();
  const { go } = usePage();
  const errorText = useErrorText();
  const mine = useQuery(rpc.mine.queryOptions(undefined, { staleTime: 0 }));
  const talks = mine.data?.talks ?? [];
  const waits = talks.filter(
    (one) =>
      one.state === "offered" ||
      (one.state === "held" && !one.iAgree) ||
      (one.state === "settled" && one.promises.some((promise) => promise.state === "done")),
  );
  const rest = talks.filter((one) => !waits.includes(one));
  return (
    <Screen title={say("title")}>
      <Stack gap="lg">
        <Text>{say("privacy")}</Text>
        {mine.isPending && <Skeleton lines={4} />}
        {mine.isError && <ErrorState title={errorText(mine.error)} onRetry={() => void mine.refetch()} />}
        {mine.data && (
          <>
            {mine.data.talkers.length > 0 ? (
              <div>
                <Button onClick={() => go("/ask")}>{say("mine.ask")}</Button>
              </div>
            ) : (
              <Text>{say("mine.nobody")}</Text>
            )}
            <TalkList id="talks-waiting" title={say("mine.waiting")} talks={waits} />
            {talks.length === 0 && <EmptyState title={say("mine.empty")} />}
            <TalkList id="talks-all" title={say("mine.all")} talks={rest} />
          </>
        )}
        <p className="ds-hint">{say("danger")}</p>
      </Stack>
    </Screen>
  );
}
