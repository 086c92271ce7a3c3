import type { OwnRecord } from "@doorstep/contracts";
import { Button, ErrorState, formatDate, formatInstant, Screen, Skeleton } from "@doorstep/ui";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, Navigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { errorNumber, useErrorText } from "../../../shell/error-text.ts";
import { useLanguage, useText } from "../../../shell/i18n.ts";
import { pageWords } from "../../../shell/page-words.ts";
import { kernel, kernelClient } from "../../../shell/rpc.ts";
import { saveFile } from "../../../shell/save-file.ts";
import { useSession } from "../../../shell/session.ts";
import en from "./en.json" with { type: "json" };
import zh from "./zh-CN.json" with { type: "json" };

const useRecordWords = pageWords({ "zh-CN": zh, en });

/** What is held on whoever has an account, and his copy of it. */
export function OwnRecordScreen() {
  const words = useRecordWords();
  const text = useText();
  const errorText = useErrorText();
  const session = useSession();
  const found = useQuery(kernel.session.record.queryOptions({}, { enabled: Boolean(session.data), staleTime: 0 }));
  const take = useMutation({
    mutationFn: () => kernelClient.session.exportRecord.mutate({}),
    onSuccess: (file) => saveFile(file.fileName, file.html, "text/html"),
  });
  if (session.data === null) return <Navigate to="/sign-in" search={{ to: "/account/record" }} replace />;
  return (
    <Screen
      title={words("title")}
      notice={take.isSuccess ? words("exported") : undefined}
      error={take.error ? errorText(take.error) : undefined}
      before={
        <Link to="/account" className="ds-back">
          {text("shell.back")}
        </Link>
      }
    >
      <p>{words("intro")}</p>
      {found.isPending && <Skeleton lines={6} />}
      {found.isError && (
        <ErrorState
          title={errorText(found.error)}
          number={errorNumber(found.error)}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.data && (
        <>
          <Held record={found.data} />
          <p>{words("exportNote")}</p>
          <p>
            <Button loading={take.isPending} onClick={() => take.mutate()}>
              {words("export")}
            </Button>
          </p>
        </>
      )}
    </Screen>
  );
}

function Held(props: { readonly record: OwnRecord }) {
  const words = useRecordWords();
  const language = useLanguage();
  const { person, grants, sessions, recusals, kin, signature, duty, acts, actsComplete } = props.record;
  const at = (instant: string): string => formatInstant(instant, language);
  return (
    <>
      <Part title={words("profile")}>
        <dl className="ds-summary">
          {[
            [words("name"), person.name],
            [words("username"), person.username],
            [words("kind"), person.kind[language]],
            [words("unit"), person.unit[language]],
            [words("mail"), person.mail ?? "–"],
            [words("lastSeen"), person.lastSeenOn ? formatDate(person.lastSeenOn, language) : "–"],
          ].map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className="ds-hint">{words("wrong")}</p>
        <p>
          <span className="ds-hint">{words("mailNote")}</span>{" "}
          <Link to="/notifications" className="ds-link">
            {words("toSettings")}
          </Link>
        </p>
      </Part>
      <Part title={words("grants")}>
        <Lines
          of={grants.map((grant) => ({
            key: grant.id,
            line: words("grantLine", { role: grant.roleName[language], unit: grant.unitName[language] }),
            more: [
              words("from", { date: formatDate(grant.from, language) }),
              grant.until ? words("until", { date: formatDate(grant.until, language) }) : words("noEnd"),
              grant.subtree && words("below"),
              grant.pending && !grant.revokedOn && words("pending"),
              grant.revokedOn && words("revoked", { date: formatDate(grant.revokedOn, language) }),
              grant.grantedBy && words("grantedBy", { name: grant.grantedBy }),
              grant.why && words("why", { why: grant.why }),
            ],
          }))}
        />
      </Part>
      <Part title={words("sessions")}>
        <Lines
          of={sessions.map((one) => ({
            key: `${one.signedInAt} ${one.usedAt}`,
            line: words("since", { at: at(one.signedInAt), used: at(one.usedAt) }),
          }))}
        />
      </Part>
      <Part title={words("duty")}>
        <Lines
          of={duty.map((one) => ({
            key: `${one.from} ${one.unit.en}`,
            line: one.unit[language],
            more: [`${at(one.from)} – ${at(one.until)}`, one.removed && words("removed")],
          }))}
        />
      </Part>
      <Part title={words("recusals")}>
        <Lines of={recusals.map((one) => ({ key: one.at, line: at(one.at) }))} />
      </Part>
      <Part title={words("kin")}>
        <Lines of={kin.map((one) => ({ key: one.declaredAt, line: one.name, more: [at(one.declaredAt)] }))} />
      </Part>
      <Part title={words("signature")}>
        <Lines
          of={signature ? [{ key: signature.since, line: words("signatureSince", { at: at(signature.since) }) }] : []}
        />
      </Part>
      <Part title={words("acts")}>
        {!actsComplete && <p className="ds-hint">{words("actsNote", { count: acts.length })}</p>}
        <Lines
          of={acts.map((act, n) => ({
            key: `${act.at} ${act.type} ${n}`,
            line: act.name[language],
            more: [at(act.at)],
          }))}
        />
      </Part>
    </>
  );
}

function Part(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

interface Entry {
  readonly key: string;
  readonly line: string;
  readonly more?: readonly (string | false | null)[];
}

function Lines(props: { readonly of: readonly Entry[] }) {
  const words = useRecordWords();
  if (props.of.length === 0) return <p className="ds-hint">{words("none")}</p>;
  return (
    <ul className="ds-list">
      {props.of.map(({ key, line, more = [] }) => (
        <li key={key}>
          {line}
          {more.some(Boolean) && (
            <>
              <br />
              <span className="ds-hint">{more.filter(Boolean).join(" · ")}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
