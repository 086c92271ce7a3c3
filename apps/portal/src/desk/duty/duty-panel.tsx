import type { CaseView } from "@doorstep/contracts";
import { formatInstant } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { nameOf, useDeskText } from "../text.ts";

/** What became of the danger, beside the facts of its case. */
export function DutyPanel(props: { readonly c: Pick<CaseView, "caseId" | "urgentSafety" | "version"> }) {
  const { text, language } = useDeskText();
  const { c } = props;
  const found = useQuery(kernel.duty.get.queryOptions({ caseId: c.caseId }, { enabled: c.urgentSafety }));
  const page = found.data;
  if (!page) return null;
  const lines: readonly (readonly [string, string | null])[] = [
    [text("desk.duty.who"), page.takenBy ?? text("desk.duty.nobodyYet")],
    [text("desk.duty.phonedAt"), page.phonedAt && formatInstant(page.phonedAt, language)],
    [text("desk.duty.reportedAt"), page.reportedAt && formatInstant(page.reportedAt, language)],
    [text("desk.duty.reached"), page.reached.map((one) => nameOf(text, "dutyReached", one)).join(" · ") || null],
    [text("desk.duty.text"), page.report],
  ];
  return (
    <section aria-labelledby="danger" className="desk-facts">
      <h2 id="danger">{text("desk.duty.title")}</h2>
      <dl>
        {lines.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {page.mayAct && page.reportedAt === null && (
        <DeskLink to={{ page: "duty" }} className="ds-link">
          {text("desk.duty.open")}
        </DeskLink>
      )}
    </section>
  );
}
