import {
  ErrorState,
  Form,
  type Option,
  Screen,
  Select,
  Skeleton,
  TextField,
  Tick,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { type Occasion, occasionsToAsk } from "../occasions.ts";
import { SignedOut } from "./signed-out.tsx";
import { talkerLabel } from "./talkers.ts";
import { useTalks } from "./words.ts";

const ANYBODY = "anybody";

interface Values {
  readonly talkerId: string;
  readonly occasion: Exclude<Occasion, "regular">;
  readonly wish: string;
  readonly wishTime: string;
  readonly byPhone: boolean;
}

/** Asking for a talk: with whom, what it is about, and nothing more than one likes to say. */
export default function AskPage() {
  const { say, rpc, user } = useTalks();
  const { go } = usePage();
  const errorText = useErrorText();
  const mine = useQuery({ ...rpc.mine.queryOptions(), enabled: user !== null });
  const ask = useMutation(
    rpc.ask.mutationOptions({ onSuccess: ({ talkId }) => go(`/t/${talkId}`, { replace: true }) }),
  );
  if (!user) return <SignedOut to="/p/heart-talk/ask" />;
  const who: readonly Option[] = [
    { value: ANYBODY, label: say("ask.anybody") },
    ...(mine.data?.talkers ?? []).map((one) => ({ value: one.id, label: talkerLabel(one) })),
  ];
  const why = occasionsToAsk.map((value) => ({ value, label: say(`occasion.${value}`) }));
  const initial: Values = { talkerId: ANYBODY, occasion: "wish", wish: "", wishTime: "", byPhone: false };
  return (
    <Screen title={say("ask.title")}>
      <p>{say("privacy")}</p>
      {mine.isPending && <Skeleton lines={4} />}
      {mine.isError && <ErrorState title={errorText(mine.error)} onRetry={() => void mine.refetch()} />}
      {mine.data && (
        <Form<Values>
          initial={initial}
          submitLabel={say("ask.send")}
          busy={ask.isPending}
          error={ask.isError ? errorText(ask.error) : undefined}
          onSubmit={({ talkerId, ...values }) =>
            ask.mutate({ ...values, talkerId: talkerId === ANYBODY ? null : talkerId })
          }
        >
          <Select name="talkerId" label={say("ask.who")} options={who} required />
          <Select name="occasion" label={say("ask.why")} options={why} required />
          <TextField name="wish" label={say("ask.wish")} hint={say("ask.wishHint")} maxLength={200} />
          <TextField name="wishTime" label={say("ask.wishTime")} hint={say("ask.wishTimeHint")} maxLength={60} />
          <Tick name="byPhone" label={say("ask.byPhone")} />
        </Form>
      )}
    </Screen>
  );
}
