import type { OwnData } from "@doorstep/contracts";
import { Button, ErrorState, formatDate, Screen, Skeleton } from "@doorstep/ui";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { errorNumber, useErrorText } from "../../../shell/error-text.ts";
import { useLanguage, useText } from "../../../shell/i18n.ts";
import { kernel, kernelClient } from "../../../shell/rpc.ts";
import { saveFile } from "../../../shell/save-file.ts";
import { useCasePaths, useOwnCaseKey } from "../use-own-case.ts";
import { useDataWords } from "./data-words.ts";

/** What is held on the petitioner, for how long, and what he can do about it. */
export function OwnDataScreen() {
  const words = useDataWords();
  const text = useText();
  const errorText = useErrorText();
  const own = useOwnCaseKey();
  const paths = useCasePaths();
  const found = useQuery(kernel.intake.ownData.queryOptions(own));
  const take = useMutation({
    mutationFn: () => kernelClient.intake.exportOwn.mutate(own),
    onSuccess: (file) => saveFile(file.fileName, file.html, "text/html"),
  });
  return (
    <Screen
      title={words("title")}
      notice={take.isSuccess ? words("exported") : undefined}
      error={take.error ? errorText(take.error) : undefined}
      before={
        <Link to={paths.home} className="ds-back">
          {text("shell.back")}
        </Link>
      }
    >
      <p>{words("intro")}</p>
      {found.isPending && <Skeleton lines={5} />}
      {found.isError && (
        <ErrorState
          title={errorText(found.error)}
          number={errorNumber(found.error)}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.data && (
        <>
          <Held data={found.data} />
          <p>{words("exportNote")}</p>
          <p>
            <Button loading={take.isPending} onClick={() => take.mutate()}>
              {words("export")}
            </Button>
          </p>
          <ul className="ds-list">
            {found.data.identity && (
              <li>
                <Link to={paths.act("correctOwn")} className="ds-link">
                  {words("correct")}
                </Link>
              </li>
            )}
            <li>
              <Link to={paths.act("askErasure")} className="ds-link">
                {words("erase")}
              </Link>
            </li>
          </ul>
        </>
      )}
    </Screen>
  );
}

function Held(props: { readonly data: OwnData }) {
  const words = useDataWords();
  const language = useLanguage();
  const { identity, cutOn, file, person } = props.data;
  const keptFor = ({ until, months }: OwnData["file"]): string =>
    until ? words("until", { date: formatDate(until, language) }) : words("after", { months });
  return (
    <>
      {identity ? (
        <>
          <dl className="ds-summary">
            <div>
              <dt>{words("name")}</dt>
              <dd>{identity.name}</dd>
            </div>
            <div>
              <dt>{words("contact")}</dt>
              <dd>{identity.contact}</dd>
            </div>
          </dl>
          {identity.masked && <p className="ds-hint">{words("masked")}</p>}
          {identity.corrections > 0 && (
            <p className="ds-hint">{words("corrections", { count: identity.corrections })}</p>
          )}
        </>
      ) : (
        <p>{cutOn ? words("cut", { on: formatDate(cutOn, language) }) : words("none")}</p>
      )}
      <h2>{words("keep")}</h2>
      <dl className="ds-summary">
        <div>
          <dt>{words("file")}</dt>
          <dd>{keptFor(file)}</dd>
        </div>
        {identity && (
          <div>
            <dt>{words("person")}</dt>
            <dd>{keptFor(person)}</dd>
          </div>
        )}
      </dl>
    </>
  );
}
