import { Button, ErrorState, formatInstant } from "@doorstep/ui";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useErrorText } from "../../../shell/error-text.ts";
import { useLanguage } from "../../../shell/i18n.ts";
import { kernel, kernelClient, queryClient } from "../../../shell/rpc.ts";
import { useOwnCaseKey } from "../use-own-case.ts";
import { useOwnWords } from "./own-words.ts";

/** From a matter to one's own reports of retaliation and back: with an account by address, with a code by the code. */
export function LinkedLinks(props: { readonly timeZone: string }) {
  const words = useOwnWords();
  const language = useLanguage();
  const errorText = useErrorText();
  const own = useOwnCaseKey();
  const linked = useQuery(kernel.intake.linked.queryOptions(own));
  const open = useMutation({
    mutationFn: (caseId: string) => kernelClient.intake.openLinked.mutate({ caseId }),
    // another case lies behind the same address now
    onSuccess: () => queryClient.invalidateQueries({ queryKey: kernel.intake.pathKey() }),
  });
  if (!linked.data || linked.data.length === 0) return null;
  return (
    <nav aria-label={words("linked")}>
      <h2>{words("linked")}</h2>
      {open.isError && <ErrorState title={errorText(open.error)} onRetry={() => open.reset()} />}
      <ul className="ds-list">
        {linked.data.map((one) => {
          const label = `${words(`linked.${one.kind}`)} · ${formatInstant(one.at, language, props.timeZone)}`;
          return (
            <li key={one.caseId}>
              {own.caseId === undefined ? (
                <Button variant="default" loading={open.isPending} onClick={() => open.mutate(one.caseId)}>
                  {label}
                </Button>
              ) : (
                <Link to="/my/$caseId" params={{ caseId: one.caseId }} className="ds-link">
                  {label}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
