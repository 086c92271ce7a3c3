import { type CaseView, repeatKinds } from "@doorstep/contracts";
import { Badge, Button, formatInstant } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { useCaseAct } from "../acts/use-case-act.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { nameOf, useDeskText } from "../text.ts";

type Kind = (typeof repeatKinds)[number];
interface Judgement {
  readonly ofCaseId: string;
  readonly kind: Kind;
}

/** What may be the same petition again. The machine proposes, a person judges; nothing follows by itself. */
export function RepeatsPanel(props: { readonly c: CaseView }) {
  const { text, language } = useDeskText();
  const { c } = props;
  const found = useQuery(kernel.cases.repeats.queryOptions({ caseId: c.caseId }));
  const act = useCaseAct<Judgement>(
    c,
    (judgement, on) => kernelClient.cases.judgeRepeat.mutate({ ...on, ...judgement }),
    () => undefined,
  );
  const mayJudge = c.acts.some((one) => one.act === "judgeRepeat" && one.refusals.length === 0);
  if (!found.data || found.data.length === 0) return null;
  return (
    <section aria-labelledby="repeats" className="desk-repeats ds-no-print">
      <h2 id="repeats">{text("desk.repeats.title")}</h2>
      {act.problem && (
        <p className="ds-error" role="alert">
          {act.problem.message}
        </p>
      )}
      <ul className="ds-list">
        {found.data.map((one) => (
          <li key={one.caseId}>
            <DeskLink to={{ page: "case", caseNo: one.caseNo, filter: openQueue }} className="ds-link">
              {one.title}
            </DeskLink>
            <p className="desk-row-facts">
              <span>{nameOf(text, "repeats.tier", one.tier)}</span>
              <span className="ds-mono">{one.caseNo}</span>
              <span>{nameOf(text, "state", one.state)}</span>
              <span>{formatInstant(one.receivedAt, language)}</span>
            </p>
            {one.judged && (
              <Badge color="blue" c="dark.9">
                {nameOf(text, "repeats.judged", one.judged)}
              </Badge>
            )}
            {mayJudge && (
              <fieldset className="ds-row">
                <legend className="ds-hidden">{text("desk.repeats.judge", { title: one.title })}</legend>
                {repeatKinds
                  .filter((kind) => kind !== one.judged)
                  .map((kind) => (
                    <Button
                      key={kind}
                      variant="default"
                      size="sm"
                      disabled={act.busy}
                      onClick={() => act.send({ ofCaseId: one.caseId, kind })}
                    >
                      {nameOf(text, "repeats.kind", kind)}
                    </Button>
                  ))}
              </fieldset>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
