import { formatInstant } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { hrefOf, openQueue } from "../place.ts";
import { nameOf, useDeskText } from "../text.ts";

interface SimilarStripProps {
  readonly unitId?: string | undefined;
  readonly title: string;
  /** what is written below the subject; its beginning is enough */
  readonly text?: string;
  readonly name?: string;
  /** the case that is being registered: it is like itself */
  readonly except?: string;
}

const ENOUGH = 2;
const BEGINNING = 600;

/** Cases that may be the same matter. The machine proposes; a person looks and decides. Nothing is linked by itself. */
export function SimilarStrip(props: SimilarStripProps) {
  const { text, language } = useDeskText();
  const title = props.title.trim();
  const name = (props.name ?? "").trim();
  const enough = title.length >= ENOUGH || name.length >= ENOUGH;
  const found = useQuery(
    kernel.cases.similar.queryOptions(
      { title, name, text: (props.text ?? "").slice(0, BEGINNING), ...(props.unitId ? { unitId: props.unitId } : {}) },
      { enabled: enough, placeholderData: (before) => before },
    ),
  );
  const similar = (found.data ?? []).filter((one) => one.caseId !== props.except);
  if (!enough || !found.isSuccess) return null;
  return (
    <section className="desk-similar" aria-label={text("desk.register.similar", { count: similar.length })}>
      <p role="status" className="ds-legend">
        {similar.length === 0
          ? text("desk.register.similarNone")
          : text("desk.register.similar", { count: similar.length })}
      </p>
      <ul className="ds-list">
        {similar.map((one) => (
          <li key={one.caseId}>
            <a href={hrefOf({ page: "case", caseNo: one.caseNo, filter: openQueue })} target="_blank" rel="noreferrer">
              {one.title}
            </a>
            <p className="desk-row-facts">
              <span className="ds-mono">{one.caseNo}</span>
              <span>{nameOf(text, "state", one.state)}</span>
              <span>{formatInstant(one.receivedAt, language)}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
