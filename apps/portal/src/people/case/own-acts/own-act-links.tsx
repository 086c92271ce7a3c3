import type { PetitionerCase } from "@doorstep/contracts";
import { Link } from "@tanstack/react-router";
import { useCasePaths } from "../use-own-case.ts";
import { openActs } from "./own-acts.ts";
import { useOwnWords } from "./own-words.ts";

/** What the petitioner can do besides writing and rating, each on its own page. */
export function OwnActLinks(props: { readonly matter: PetitionerCase }) {
  const words = useOwnWords();
  const paths = useCasePaths();
  const acts = openActs(props.matter);
  if (acts.length === 0) return null;
  return (
    <nav aria-label={words("more")}>
      <h2>{words("more")}</h2>
      <ul className="ds-list">
        {acts.map((act) => (
          <li key={act}>
            <Link to={paths.act(act)} className="ds-link">
              {words(`${act}.title`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
