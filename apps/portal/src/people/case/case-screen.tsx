import type { PetitionerCase } from "@doorstep/contracts";
import { Contribution, useContributions, wantsToShow } from "@doorstep/sdk/ui-host";
import {
  Button,
  DueBadge,
  dueMark,
  EmptyState,
  ErrorState,
  formatDate,
  formatInstant,
  Screen,
  Skeleton,
  Track,
} from "@doorstep/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import { errorNumber, refusalOf, useErrorText } from "../../shell/error-text.ts";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { HolderUiHost } from "../../shell/ui-host.tsx";
import { CaseAnswer } from "./case-answer.tsx";
import { CaseLetters } from "./case-letters.tsx";
import { nextClock, primaryAct, stepsOf } from "./case-steps.ts";
import { CaseThread } from "./case-thread.tsx";
import { BelongsTo } from "./own-acts/belongs-to.tsx";
import { LinkedLinks } from "./own-acts/linked-links.tsx";
import { OwnActLinks } from "./own-acts/own-act-links.tsx";
import { OwnConsents } from "./own-acts/own-consents.tsx";
import { OwnMandates } from "./own-acts/own-mandates.tsx";
import { OwnPromises } from "./own-acts/own-promises.tsx";
import { useCasePaths, useOwnCase } from "./use-own-case.ts";

/** P9: one's own matter, from what matters now to what happened before. */
export function CaseScreen() {
  const text = useText();
  const errorText = useErrorText();
  const found = useOwnCase();

  if (found.isPending) {
    return (
      <Screen title={text("case.title")} hideTitle>
        <Skeleton lines={6} />
      </Screen>
    );
  }
  if (found.isError) {
    const gone = ["case.notFound", "unauthorized"].includes(refusalOf(found.error)?.code ?? "");
    return (
      <Screen title={text("case.title")}>
        {gone ? (
          <EmptyState
            title={text("case.askCode")}
            action={
              <Link to="/t" className="ds-link">
                {text("track.title")}
              </Link>
            }
          />
        ) : (
          <ErrorState
            title={errorText(found.error)}
            number={errorNumber(found.error)}
            onRetry={() => void found.refetch()}
          />
        )}
      </Screen>
    );
  }
  return <Case matter={found.data} />;
}

function Case(props: { readonly matter: PetitionerCase }) {
  const { matter } = props;
  const text = useText();
  return (
    <Screen title={matter.title}>
      <CaseNow matter={matter} />
      <Track
        label={text("case.track")}
        stops={stepsOf(matter.status).map((step) => ({
          key: step.step,
          label: text(`case.status.${step.step}`),
          state: step.state,
          stateLabel: text(`case.stop.${step.state}`),
        }))}
      />
      <BelongsTo matter={matter} />
      <OwnConsents matter={matter} />
      <CaseAnswer matter={matter} />
      <OwnPromises matter={matter} />
      <OwnMandates matter={matter} />
      <CaseThread matter={matter} />
      <OwnActLinks matter={matter} />
      <LinkedLinks timeZone={matter.timeZone} />
      <CaseLetters matter={matter} />
      {matter.holderUnitId !== null && (
        <HolderUiHost unitId={matter.holderUnitId}>
          <ModulePanels matter={matter} />
        </HolderUiHost>
      )}
      <CaseFacts matter={matter} />
    </Screen>
  );
}

function ModulePanels({ matter }: { readonly matter: PetitionerCase }) {
  const language = useLanguage();
  const { caseId, state, category } = matter;
  const facts = { caseId, state, category, channel: null, imported: false };
  const panels = useContributions("trackPanels").filter((panel) => wantsToShow(panel.value.when, facts));
  return panels.map((panel) => (
    <section key={`${panel.pluginId}/${panel.key}`} className="ds-panel">
      <h2>{panel.value.title[language]}</h2>
      <Contribution part="trackPanels" pluginId={panel.pluginId} component={panel.value.component} props={{ caseId }} />
    </section>
  ));
}

function dueWords(text: ReturnType<typeof useText>, clock: PetitionerCase["clocks"][number]): string {
  if (clock.state === "paused") return text("case.paused");
  if (clock.daysLeft === 0) return text("case.dueToday");
  return clock.daysLeft < 0
    ? text("case.late", { count: -clock.daysLeft })
    : text("case.dueIn", { count: clock.daysLeft });
}

function CaseNow(props: { readonly matter: PetitionerCase }) {
  const { matter } = props;
  const text = useText();
  const language = useLanguage();
  const navigate = useNavigate();
  const paths = useCasePaths();
  const clock = nextClock(matter.clocks);
  const act = primaryAct(matter);
  return (
    <section className="ds-panel" aria-label={text("case.now")}>
      <p className="ds-row">
        <strong>{text(`case.status.${matter.status}`)}</strong>
        <span>{matter.holder[language]}</span>
        {matter.level !== "handle" && <span>{text(`case.level.${matter.level}`)}</span>}
      </p>
      {matter.delayed && <p>{text("case.delayed")}</p>}
      {clock && (
        <p className="ds-row">
          <DueBadge
            state={dueMark({ daysLeft: clock.daysLeft, paused: clock.state === "paused" }).state}
            label={dueWords(text, clock)}
          />
          <span>{clock.sentence[language]}</span>
        </p>
      )}
      {act === "rate" && <Button onClick={() => void navigate({ href: paths.rate })}>{text("case.rate")}</Button>}
      {act === "review" && (
        <>
          <p>{text("case.reviewUntil", { date: formatDate(matter.review.until ?? "", language) })}</p>
          <Button onClick={() => void navigate({ href: paths.review })}>{text("case.review")}</Button>
        </>
      )}
    </section>
  );
}

function CaseFacts(props: { readonly matter: PetitionerCase }) {
  const { matter } = props;
  const text = useText();
  const language = useLanguage();
  return (
    <section>
      <h2>{text("case.mine")}</h2>
      <dl className="ds-summary">
        <div>
          <dt>{text("case.no")}</dt>
          <dd className="ds-mono">{matter.caseNo}</dd>
        </div>
        <div>
          <dt>{text("case.receivedAt")}</dt>
          <dd>{formatInstant(matter.receivedAt, language, matter.timeZone)}</dd>
        </div>
        <div>
          <dt>{text("case.identity")}</dt>
          <dd>{text(`case.anonymity.${matter.anonymity}`)}</dd>
        </div>
        <div>
          <dt>{text("case.body")}</dt>
          <dd>{matter.body}</dd>
        </div>
      </dl>
      {matter.recusalsAsked.length > 0 && (
        <>
          <h2>{text("case.recusals")}</h2>
          <ul>
            {matter.recusalsAsked.map((asked) => (
              <li key={asked.at}>
                {formatInstant(asked.at, language, matter.timeZone)} {text(`case.recusal.${asked.state}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      {matter.accesses.length > 0 && (
        <>
          <h2>{text("case.accesses")}</h2>
          <ul>
            {matter.accesses.map((access) => (
              <li key={access.at}>
                {text("case.access", {
                  unit: access.unit[language],
                  at: formatInstant(access.at, language, matter.timeZone),
                  until: formatInstant(access.until, language, matter.timeZone),
                })}
                <br />
                {access.reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {matter.actsBy === null && <OwnTraces matter={matter} />}
    </section>
  );
}

/** What is the petitioner's alone: whoever speaks for him is not shown it, and told nothing of it. */
function OwnTraces(props: { readonly matter: PetitionerCase }) {
  const { matter } = props;
  const paths = useCasePaths();
  const text = useText();
  const language = useLanguage();
  return (
    <>
      <p>
        <Link to={paths.data} className="ds-link">
          {text("case.data")}
        </Link>
      </p>
      <h2>{text("case.opened")}</h2>
      {matter.opened.length === 0 ? (
        <p>{text("case.neverOpened")}</p>
      ) : (
        <ul>
          {matter.opened.map((opening) => (
            <li key={opening.at}>
              {formatInstant(opening.at, language, matter.timeZone)}
              {"："}
              {opening.purpose}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
