import { formatInstant } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { useDeskText } from "../text.ts";

/** What modules asked the petitioner's consent to, and how he answered. */
export function ConsentsPanel({ caseId }: { readonly caseId: string }) {
  const { text, language } = useDeskText();
  const { data = [] } = useQuery(kernel.cases.consents.queryOptions({ caseId }));
  if (data.length === 0) return null;
  return (
    <section className="ds-panel" aria-labelledby="case-consents">
      <h2 id="case-consents">{text("desk.case.consents")}</h2>
      <ul className="ds-list">
        {data.map((one) => (
          <li key={one.id}>
            <p className="ds-hint">{one.module[language]}</p>
            <p className="ds-text">{one.words[language]}</p>
            <p>
              <strong>{text(`desk.case.consent.${one.state}`)}</strong>{" "}
              <span className="ds-hint">{formatInstant(one.answeredAt ?? one.askedAt, language)}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
