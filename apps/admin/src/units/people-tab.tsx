import { EmptyState } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";
import { useNames } from "../names/use-names.ts";

const SHOWN = 20;

/** The first people of the unit, with their roles; the whole list is a page of its own. */
export function PeopleTab(props: { readonly unitId: string }) {
  const text = useText();
  const names = useNames();
  const { unitId } = props;
  const people = useQuery(kernel.people.list.queryOptions({ unitId, limit: SHOWN }));
  return (
    <section aria-label={text("units.peopleHere")}>
      <Loaded query={people}>
        {(page) =>
          page.items.length === 0 ? (
            <EmptyState title={text("units.noPeople")} />
          ) : (
            <ul className="ad-rows">
              {page.items.map((person) => (
                <li key={person.id}>
                  <Link to="/people/$personId" params={{ personId: person.id }}>
                    {person.name}
                  </Link>
                  <span className="ds-hint">{` · ${person.roles.map(names.role).join("、") || text("app.none")}`}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <p className="ds-row">
        <Link to="/people/new" search={{ unit: unitId }}>
          {text("units.addPerson")}
        </Link>
        <Link to="/people" search={{ unit: unitId }}>
          {text("units.allPeople")}
        </Link>
      </p>
    </section>
  );
}
