import { type UnitLetterItem, unitLetterLists } from "@doorstep/contracts";
import { Button, EmptyState, formatInstant, Screen, Skeleton } from "@doorstep/ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";
import { UnitLetterDetail } from "./unit-letter-detail.tsx";

type List = (typeof unitLetterLists)[number];

const empty = {
  toSign: "desk.unitLetters.emptyToSign",
  received: "desk.unitLetters.emptyReceived",
  sent: "desk.unitLetters.emptySent",
} as const satisfies Record<List, string>;

function Row({ item }: { readonly item: UnitLetterItem }) {
  const { text, language } = useDeskText();
  return (
    <li className="ds-panel">
      <DeskLink to={{ page: "unitLetters", letter: item.letterId }} className="ds-link">
        {item.title[language]}
        {item.number && ` · ${item.number}`}
      </DeskLink>
      <p>
        {text("desk.unitLetters.route", { from: item.from.name[language], to: item.to.name[language] })} ·{" "}
        {text(`desk.unitLetters.state.${item.state}`)}
      </p>
      <p className="ds-hint">
        {item.case && `${text("desk.unitLetters.ofCase", { caseNo: item.case.caseNo })} · `}
        {item.issuedAt
          ? text("desk.unitLetters.issuedOn", { at: formatInstant(item.issuedAt, language) })
          : text("desk.unitLetters.draftedOn", { at: formatInstant(item.draftedAt, language) })}
      </p>
    </li>
  );
}

/** What one's unit writes to other units and gets from them: to be signed, to be confirmed, to be read. */
export function UnitLettersScreen(props: { readonly letter?: string | undefined }) {
  const { text } = useDeskText();
  const [list, setList] = useState<List>("toSign");
  const [done, setDone] = useState<string>();
  const found = useInfiniteQuery(
    kernel.unitLetters.list.infiniteQueryOptions({ list, limit: 50 }, { getNextPageParam: (last) => last.nextCursor }),
  );
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  if (props.letter)
    return (
      <Screen
        title={text("desk.unitLetters.title")}
        width="wide"
        notice={done}
        before={
          <DeskLink to={{ page: "unitLetters" }} className="ds-back">
            {text("desk.unitLetters.back")}
          </DeskLink>
        }
      >
        <UnitLetterDetail key={props.letter} letterId={props.letter} onDone={setDone} />
      </Screen>
    );
  return (
    <Screen title={text("desk.unitLetters.title")}>
      <fieldset className="ds-row" aria-label={text("desk.unitLetters.lists")}>
        {unitLetterLists.map((one) => (
          <Button
            key={one}
            variant={one === list ? "filled" : "default"}
            aria-pressed={one === list}
            onClick={() => setList(one)}
          >
            {text(`desk.unitLetters.${one}`)}
          </Button>
        ))}
      </fieldset>
      {found.isError && <FailedState error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={6} />}
      {found.isSuccess && items.length === 0 && (
        <EmptyState
          title={text(empty[list])}
          action={<DeskLink to={{ page: "queue", filter: openQueue }}>{text("desk.unknown.back")}</DeskLink>}
        />
      )}
      <ul className="ds-list">
        {items.map((item) => (
          <Row key={item.letterId} item={item} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" onClick={() => void found.fetchNextPage()}>
          {text("desk.more")}
        </Button>
      )}
    </Screen>
  );
}
