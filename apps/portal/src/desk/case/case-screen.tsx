import type { CaseView } from "@doorstep/contracts";
import { Button, EmptyState, Kbd, Screen, Skeleton, useMediaQuery, useShortcuts } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Fragment, useEffect, useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { useDesk } from "../desk-context.ts";
import { DutyPanel } from "../duty/duty-panel.tsx";
import { AddedActs } from "../modules/added-acts.tsx";
import { CaseSide } from "../modules/case-side.tsx";
import type { DeskPlace, QueueFilter } from "../place.ts";
import { ProposalsPanel } from "../proposals/proposals-panel.tsx";
import { useQueue } from "../queue/use-queue.ts";
import { RepeatsPanel } from "../repeats/repeats-panel.tsx";
import { ReportPanel } from "../retaliation/report-panel.tsx";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { Labels } from "../shared/labels.tsx";
import { problemOf } from "../shared/problem.ts";
import { nameOf, useDeskText } from "../text.ts";
import { ActHost } from "./act-host.tsx";
import { ActsPanel } from "./acts-panel.tsx";
import { CaseTabs } from "./case-tabs.tsx";
import { ClocksPanel } from "./clocks-panel.tsx";
import { CoveredPrint } from "./covered-print.tsx";
import { FactsPanel } from "./facts-panel.tsx";
import { isFormName, type OpenForm } from "./open-form.ts";
import { PresenceNote } from "./presence-note.tsx";
import { useLiveCase } from "./use-live-case.ts";
import { usePresence } from "./use-presence.ts";

interface CaseScreenProps {
  readonly caseNo: string;
  readonly filter: QueueFilter;
  /** a form to open at once: a key in the list asked for it */
  readonly act?: string | undefined;
}

/** Where the case stands in the list it was opened from, and its neighbours there. */
function useNeighbours(caseNo: string, filter: QueueFilter) {
  const { rows } = useQueue(filter);
  const index = rows.findIndex((row) => row.caseNo === caseNo);
  const at = (offset: number): string | undefined => (index < 0 ? undefined : rows[index + offset]?.caseNo);
  return { index, count: rows.length, previous: at(-1), next: at(1) };
}

interface LoadedProps extends CaseScreenProps {
  readonly c: CaseView;
  /** what was just done, kept by the screen: an act may take the case out of sight */
  readonly done: string | undefined;
  readonly setDone: (done: string | undefined) => void;
}

function Loaded(props: LoadedProps) {
  const { text } = useDeskText();
  const { go } = useDesk();
  const { c, filter, act, done, setDone } = props;
  const [open, setOpen] = useState<OpenForm>();
  const [printed, setPrinted] = useState<CaseView>();
  const others = usePresence(c.caseId, open !== undefined);
  const live = useLiveCase(c, open !== undefined);
  const narrow = useMediaQuery("(max-width: 47.99em)", undefined, { getInitialValueInEffect: false });
  const near = useNeighbours(c.caseNo, filter);
  const list: DeskPlace = { page: "queue", filter };
  const toCase = (caseNo: string | undefined) => () => {
    if (caseNo) go({ page: "case", caseNo, filter });
  };
  const openForm = (form: OpenForm) => {
    setDone(undefined);
    live.seen();
    setOpen(form);
  };
  // An act in the address is a press of a key or a command, not a place: it opens once and leaves the address.
  useEffect(() => {
    if (act === undefined) return;
    if (isFormName(act)) setOpen({ form: act });
    go({ page: "case", caseNo: c.caseNo, filter }, { replace: true });
  }, [act, c.caseNo, filter, go]);

  useShortcuts([
    { keys: "[", label: text("desk.keys.previousCase"), run: toCase(near.previous) },
    { keys: "]", label: text("desk.keys.nextCase"), run: toCase(near.next) },
    { keys: "u", label: text("desk.keys.back"), run: () => go(list) },
    { keys: "a", label: text("desk.keys.assign"), run: () => openForm({ form: "handler" }) },
    { keys: "t", label: text("desk.keys.transfer"), run: () => openForm({ form: "transfer" }) },
    { keys: "r", label: text("desk.keys.reply"), run: () => openForm({ form: "reply" }) },
    { keys: "e", label: text("desk.keys.extend"), run: () => openForm({ form: "extend" }) },
  ]);

  const facts = (
    <>
      <FactsPanel c={c} onIdentity={() => openForm({ form: "identity" })} />
      <DutyPanel c={c} />
      <ReportPanel c={c} />
      <RepeatsPanel c={c} />
    </>
  );
  const clocks = <ClocksPanel caseId={c.caseId} clocks={c.clocks} />;
  const acts = (
    <>
      <ProposalsPanel c={c} onOpen={openForm} />
      <ActsPanel c={c} onOpen={openForm} />
      <AddedActs c={c} />
      <CaseSide c={c} />
    </>
  );
  if (printed) return <CoveredPrint c={printed} onClose={() => setPrinted(undefined)} />;
  return (
    <Screen
      title={c.title}
      width="full"
      notice={done ?? (live.updated ? text("desk.case.updated") : undefined)}
      before={
        <nav className="desk-case-nav ds-no-print" aria-label={text("desk.case.around")}>
          <DeskLink to={list} className="ds-back">
            {text("desk.case.back", { view: nameOf(text, "view", filter.view) })}
          </DeskLink>
          {near.index >= 0 && (
            <span className="ds-row">
              <span>{text("desk.case.position", { index: near.index + 1, count: near.count })}</span>
              {near.previous && (
                <DeskLink to={{ page: "case", caseNo: near.previous, filter }} className="ds-link">
                  {text("desk.case.previous")}
                  <Kbd className="desk-kbd">{"["}</Kbd>
                </DeskLink>
              )}
              {near.next && (
                <DeskLink to={{ page: "case", caseNo: near.next, filter }} className="ds-link">
                  {text("desk.case.next")}
                  <Kbd className="desk-kbd">{"]"}</Kbd>
                </DeskLink>
              )}
            </span>
          )}
        </nav>
      }
      actions={
        <p className="desk-row-facts">
          <span className="ds-mono">{c.caseNo}</span>
          <strong>{nameOf(text, "state", c.state)}</strong>
          {c.level !== "handle" && <span>{nameOf(text, "level", c.level)}</span>}
          <Labels item={c} />
        </p>
      }
    >
      <PresenceNote others={others} />
      <div className="desk-case">
        {!narrow && <div className="desk-case-facts">{facts}</div>}
        <div className="desk-case-middle">
          <CaseTabs
            c={c}
            onDeliver={(noticeId) => openForm({ form: "deliver", noticeId })}
            onPrint={setPrinted}
            onNoted={() => setDone(text("desk.case.noted"))}
            before={[
              {
                key: "handling",
                label: text("desk.case.handling"),
                panel: [<Fragment key="acts">{acts}</Fragment>, <Fragment key="clocks">{clocks}</Fragment>],
              },
              { key: "facts", label: text("desk.case.facts"), panel: facts },
            ]}
          />
        </div>
        {!narrow && (
          <div className="desk-case-side">
            {clocks}
            {acts}
          </div>
        )}
      </div>
      {open && (
        <ActHost
          c={c}
          open={open}
          before={
            <>
              <PresenceNote others={others} />
              {live.behind && <Behind onLoad={live.load} />}
            </>
          }
          onClose={() => setOpen(undefined)}
          onDone={(message) => {
            setOpen(undefined);
            setDone(message);
          }}
        />
      )}
    </Screen>
  );
}

/** Somebody dealt with it while a form is open here: saving would be refused, looking costs nothing of what was written. */
function Behind(props: { readonly onLoad: () => void }) {
  const { text } = useDeskText();
  return (
    <div role="status" className="ds-panel ds-panel-warn">
      <p>{text("desk.case.changed")}</p>
      <Button variant="default" onClick={props.onLoad}>
        {text("desk.case.showNow")}
      </Button>
    </div>
  );
}

/** A notification of a sensitive matter leads here by the case's id: the address becomes that of its number. */
function ById(props: CaseScreenProps) {
  const { text } = useDeskText();
  const { go } = useDesk();
  const { caseNo: caseId, filter } = props;
  const found = useQuery(kernel.cases.get.queryOptions({ caseId }));
  const caseNo = found.data?.caseNo;
  useEffect(() => {
    if (caseNo !== undefined) go({ page: "case", caseNo, filter }, { replace: true });
  }, [caseNo, filter, go]);
  if (found.isError) return <Failed error={found.error} filter={filter} onRetry={() => void found.refetch()} />;
  return (
    <Screen title={text("desk.case.loading", { no: "" })} width="full">
      <Skeleton lines={8} />
    </Screen>
  );
}

const isId = (no: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(no);

interface FailedProps {
  readonly error: unknown;
  readonly filter: QueueFilter;
  readonly done?: string | undefined;
  readonly onRetry: () => void;
}

function Failed(props: FailedProps) {
  const { text, language } = useDeskText();
  const missing = problemOf(props.error, language).code === "case.notFound";
  return (
    <Screen title={text(missing ? "desk.case.missing" : "desk.failed.title")} notice={props.done}>
      {missing ? (
        <EmptyState
          title={text("desk.case.missingNote")}
          action={<DeskLink to={{ page: "queue", filter: props.filter }}>{text("desk.unknown.back")}</DeskLink>}
        />
      ) : (
        <FailedState error={props.error} onRetry={props.onRetry} />
      )}
    </Screen>
  );
}

function ByNo(props: CaseScreenProps) {
  const { text, language } = useDeskText();
  const found = useQuery(kernel.cases.byNo.queryOptions({ caseNo: props.caseNo }));
  const [done, setDone] = useState<string>();
  const missing = found.isError && problemOf(found.error, language).code === "case.notFound";
  // An act may take the case away from whoever did it: then what was read before is no longer shown.
  if (found.data && !missing) return <Loaded {...props} c={found.data} done={done} setDone={setDone} />;
  if (found.isPending)
    return (
      <Screen title={text("desk.case.loading", { no: props.caseNo })} width="full">
        <Skeleton lines={8} />
      </Screen>
    );
  return <Failed error={found.error} filter={props.filter} done={done} onRetry={() => void found.refetch()} />;
}

/** D3: one case. What the reader may not see is "not found", as for everybody who may not. */
export function CaseScreen(props: CaseScreenProps) {
  return isId(props.caseNo) ? <ById {...props} /> : <ByNo key={props.caseNo} {...props} />;
}
