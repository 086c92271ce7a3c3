import type { CaseView } from "@doorstep/contracts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { nameOf, useDeskText } from "../text.ts";

/** Cases joined to this one or taken out of it, those the reader may see. */
export function LinksPanel(props: { readonly c: Pick<CaseView, "links"> }) {
  const { text } = useDeskText();
  const { links } = props.c;
  if (links.length === 0) return null;
  return (
    <section aria-labelledby="links" className="ds-panel">
      <h2 id="links">{text("desk.case.links")}</h2>
      <ul className="ds-list">
        {links.map((link) => (
          <li key={link.caseId}>
            <DeskLink to={{ page: "case", caseNo: link.caseNo, filter: openQueue }} className="ds-link">
              {link.title}
            </DeskLink>
            <p className="desk-row-facts">
              <span className="ds-mono">{link.caseNo}</span>
              <span>{nameOf(text, "case.link", link.kind)}</span>
              <span>{nameOf(text, "state", link.state)}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
