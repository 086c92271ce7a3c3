import { addDays, dayOf } from "@doorstep/sdk";
import {
  Anchor,
  DateField,
  ErrorState,
  Form,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  TextArea,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { PetitionLine, SupportStory } from "./support-lines.tsx";
import type { SupportView } from "./support-view.ts";
import { useAssistance } from "./words.ts";

/** One help: what was found and given, and the question whether it holds. */
export default function SupportPage() {
  const { say, rpc } = useAssistance();
  const { params } = usePage();
  const errorText = useErrorText();
  const supportId = params.supportId ?? "";
  const found = useQuery(rpc.one.queryOptions({ supportId }, { staleTime: 0 }));
  return (
    <Screen title={say("answer.title")}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={5} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data && (
          <>
            <PetitionLine support={found.data} />
            <SupportStory support={found.data} />
            <Anchor href={`/desk/c/${found.data.caseNo}`}>{say("toCase")}</Anchor>
            {found.data.mayAnswer && <Answer key={found.data.answers.length} support={found.data} />}
          </>
        )}
      </Stack>
    </Screen>
  );
}

type Act = "holds" | "holdsAgain" | "again" | "withdraw";

function Answer(props: { readonly support: SupportView }) {
  const { say, rpc, days, timeZone } = useAssistance();
  const { go } = usePage();
  const errorText = useErrorText();
  const { supportId, mayWithdraw, caseNo } = props.support;
  const [act, setAct] = useState<Act | "">("");
  const onSuccess = () => go(`portal:/desk/c/${caseNo}`, { replace: true });
  const answer = useMutation(rpc.answer.mutationOptions({ onSuccess }));
  const withdraw = useMutation(rpc.withdraw.mutationOptions({ onSuccess }));
  const acts: readonly Act[] = ["holds", "holdsAgain", "again", ...(mayWithdraw ? (["withdraw"] as const) : [])];
  const asksAgain = act === "again" || act === "holdsAgain";
  const today = dayOf(new Date().toISOString(), timeZone);
  const error = answer.error ?? withdraw.error;
  return (
    <Stack>
      <RadioCards
        name="act"
        label={say("answer.what")}
        value={act}
        onChange={setAct}
        cards={acts.map((value) => ({ value, label: say(`act.${value}`) }))}
      />
      {act !== "" && (
        <Form
          key={act}
          initial={{ words: "", againOn: addDays(today, days) }}
          submitLabel={say("answer.send")}
          busy={answer.isPending || withdraw.isPending}
          error={error ? errorText(error) : undefined}
          onSubmit={({ words, againOn }) => {
            if (act === "withdraw") withdraw.mutate({ supportId, why: words });
            else answer.mutate({ supportId, holds: act !== "again", words, ...(asksAgain && { againOn }) });
          }}
        >
          <TextArea
            name="words"
            label={say(act === "withdraw" ? "answer.why" : "answer.words")}
            rows={3}
            maxLength={act === "withdraw" ? 200 : 500}
            required
          />
          {asksAgain && (
            <DateField
              name="againOn"
              label={say("record.followOn")}
              hint={say("record.followHint", { days })}
              min={addDays(today, 1)}
              max={addDays(today, days)}
              required
            />
          )}
        </Form>
      )}
    </Stack>
  );
}
