import {
  Anchor,
  Badge,
  ErrorState,
  Group,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { AnswerForm, PassOnForm, ShowForm, type Shown, StudyForm, TakeOff } from "./sort-forms.tsx";
import { useBox } from "./words.ts";

type Act = "study" | "show" | "takeOff" | "passOn" | "answer";

interface Found extends Shown {
  readonly state: string;
  readonly mayShow: boolean;
  readonly byName: boolean;
  readonly credit: string | null;
  readonly supports: number | null;
  readonly caseNo: string | null;
  readonly replied: boolean;
}

function actsOf({ state, mayShow, board, replied }: Found): readonly Act[] {
  if (state !== "new" && state !== "shown") return replied ? ["answer"] : [];
  return ["study", ...(mayShow ? (["show"] as const) : []), ...(board ? (["takeOff"] as const) : []), "passOn"];
}

/** One suggestion for whoever sorts the box, and what may be done with it. */
export default function SuggestionPage() {
  const { say, rpc } = useBox();
  const { params } = usePage();
  const errorText = useErrorText();
  const id = params.id ?? "";
  const found = useQuery(rpc.one.queryOptions({ id }, { staleTime: 0, retry: false }));
  const one = found.data;
  return (
    <Screen title={one?.title ?? say("title")}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={6} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {one && (
          <>
            <AsWritten one={one} />
            {one.caseNo && <Anchor href={`/desk/c/${one.caseNo}`}>{say("sort.toCase", { number: one.caseNo })}</Anchor>}
            {one.state === "filed" && !one.replied && <Text>{say("sort.waits")}</Text>}
            <NextAct key={`${one.state} ${one.board !== null}`} one={one} onChange={() => void found.refetch()} />
          </>
        )}
      </Stack>
    </Screen>
  );
}

function AsWritten({ one }: { readonly one: Found }) {
  const { say } = useBox();
  return (
    <section className="ds-panel" aria-label={say("sort.words")}>
      <Group gap="sm">
        <Badge>{say(one.byName ? "sort.byName" : "sort.anonymous")}</Badge>
        <Badge>{say(one.mayShow ? "sort.mayShow" : "box.closed")}</Badge>
        {one.board && <Badge>{say("sort.onBoard")}</Badge>}
      </Group>
      <p style={{ whiteSpace: "pre-wrap" }}>{one.body}</p>
      {one.credit && <p className="ds-hint">{say("sort.credit", { name: one.credit })}</p>}
      {one.supports !== null && <p>{say("supports.many", { count: one.supports })}</p>}
    </section>
  );
}

function NextAct({ one, onChange }: { readonly one: Found; readonly onChange: () => void }) {
  const { say } = useBox();
  const { go } = usePage();
  const [act, setAct] = useState<Act | "">("");
  const acts = actsOf(one);
  const over = () => go("/", { replace: true });
  if (acts.length === 0) return null;
  const cards = acts.map((value) => ({ value, label: say(`sort.acts.${value}`), note: say(`sort.notes.${value}`) }));
  return (
    <>
      <RadioCards name="act" label={say("sort.what")} value={act} onChange={setAct} cards={cards} />
      {act === "study" && <StudyForm one={one} onDone={onChange} />}
      {act === "show" && <ShowForm one={one} onDone={onChange} />}
      {act === "takeOff" && <TakeOff id={one.id} onDone={onChange} />}
      {act === "passOn" && <PassOnForm id={one.id} onDone={over} />}
      {act === "answer" && <AnswerForm one={one} onDone={over} />}
    </>
  );
}
