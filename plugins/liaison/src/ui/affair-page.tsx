import {
  Anchor,
  ErrorState,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { AnswerForm, ConsentForm, HandOverForm, LetterForm, TellForm } from "./act-forms.tsx";
import { AffairStory } from "./affair-lines.tsx";
import type { AffairView } from "./affair-view.ts";
import { useLiaison } from "./words.ts";

/** One matter: its letters, what the petitioner was told, and what comes next. */
export default function AffairPage() {
  const { say, rpc, language } = useLiaison();
  const { params } = usePage();
  const errorText = useErrorText();
  const affairId = params.affairId ?? "";
  const found = useQuery(rpc.one.queryOptions({ affairId }, { staleTime: 0 }));
  const affair = found.data;
  return (
    <Screen title={affair?.title ?? say("title")}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={5} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {affair && (
          <>
            <Text size="sm">
              <span className="ds-mono">{affair.caseNo}</span> · {affair.holder[language]}
            </Text>
            <AffairStory affair={affair} />
            <Anchor href={`/desk/c/${affair.caseNo}`}>{say("toCase")}</Anchor>
            <Acts
              key={JSON.stringify([affair.told.length, affair.letters, affair.helper, affair.consent])}
              affair={affair}
            />
          </>
        )}
      </Stack>
    </Screen>
  );
}

type Act = "consent" | "tell" | "write" | "rewrite" | "answered" | "handOver";

function Acts(props: { readonly affair: AffairView }) {
  const { say } = useLiaison();
  const client = useQueryClient();
  const { affairId, letters, mayAct, consent } = props.affair;
  const [act, setAct] = useState<Act | "">("");
  const unsigned = letters.find((one) => one.state === "waiting" || one.state === "sentBack");
  const sent = letters.filter((one) => one.state === "sent");
  const acts: readonly Act[] = [
    "tell",
    ...(consent?.state === "asked" || consent?.state === "given" ? [] : (["consent"] as const)),
    unsigned ? "rewrite" : "write",
    ...(sent.length > 0 ? (["answered"] as const) : []),
    "handOver",
  ];
  if (!mayAct) return null;
  const given = { affairId, onDone: () => client.invalidateQueries() };
  return (
    <Stack>
      <RadioCards
        name="act"
        label={say("act.what")}
        value={act}
        onChange={setAct}
        cards={acts.map((value) => ({ value, label: say(`act.${value}`) }))}
      />
      {act === "consent" && <ConsentForm {...given} />}
      {act === "tell" && <TellForm {...given} />}
      {(act === "write" || act === "rewrite") && <LetterForm {...given} before={unsigned} consent={consent} />}
      {act === "answered" && <AnswerForm {...given} sent={sent} />}
      {act === "handOver" && <HandOverForm {...given} />}
    </Stack>
  );
}
