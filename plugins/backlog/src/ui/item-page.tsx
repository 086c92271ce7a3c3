import {
  Anchor,
  EmptyState,
  ErrorState,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { AskCheckForm } from "./ask-check-form.tsx";
import { CheckForm, ClassifyForm, DropForm, LookForm, ReviewForm, StrikeForm } from "./item-forms.tsx";
import { ItemStory } from "./item-story.tsx";
import type { ItemView } from "./item-view.ts";
import { useBacklog } from "./words.ts";

const forms = {
  classify: ClassifyForm,
  review: ReviewForm,
  askCheck: AskCheckForm,
  drop: DropForm,
  strike: StrikeForm,
  look: LookForm,
  check: CheckForm,
} as const;
type Act = keyof typeof forms;

/** What may be done next, by the state the work is in. */
function actsOf(item: ItemView): readonly Act[] {
  const kept: Readonly<Record<ItemView["state"], readonly Act[]>> = {
    open: ["classify", "review", ...(item.cause ? (["askCheck"] as const) : [])],
    checking: ["review", "drop"],
    checked: ["strike", "review"],
    struck: item.isDue && item.mayLookBack ? ["look"] : [],
    closed: [],
  };
  return [...(item.mayCheck ? (["check"] as const) : []), ...(item.mayKeep ? kept[item.state] : [])];
}

/** One petition of the backlog: the whole story, and what comes next. */
export default function ItemPage() {
  const { say, rpc } = useBacklog();
  const { params } = usePage();
  const errorText = useErrorText();
  const caseId = params.caseId ?? "";
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  const item = found.data;
  return (
    <Screen title={item?.title ?? say("title")}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={5} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {item === null && <EmptyState title={say("tab.none")} />}
        {item && (
          <>
            <ItemStory item={item} />
            <Anchor href={`/desk/c/${item.caseNo}`}>{say("toCase")}</Anchor>
            <NextAct key={`${item.state} ${item.cause} ${item.reviews.length}`} item={item} />
          </>
        )}
      </Stack>
    </Screen>
  );
}

function NextAct({ item }: { readonly item: ItemView }) {
  const { say } = useBacklog();
  const acts = actsOf(item);
  const [act, setAct] = useState<Act | "">(acts.length === 1 ? (acts[0] ?? "") : "");
  if (acts.length === 0) return null;
  const Chosen = act === "" ? null : forms[act];
  return (
    <Stack>
      <RadioCards
        name="act"
        label={say("act.what")}
        value={act}
        onChange={setAct}
        cards={acts.map((value) => ({ value, label: say(`act.${value}`) }))}
      />
      {Chosen && <Chosen key={act} item={item} />}
    </Stack>
  );
}
