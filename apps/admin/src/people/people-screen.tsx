import { grantableRoles } from "@doorstep/contracts";
import { Button, EmptyState, formatDate, Screen, Select, TextField, useDebouncedValue } from "@doorstep/ui";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { LocalLink } from "../app/local-link.tsx";
import { kernel } from "../app/rpc.ts";
import { useMay } from "../app/session.ts";
import { useNames } from "../names/use-names.ts";
import { UnitPicker } from "../units/unit-picker.tsx";

/** A6: who is there, in what role; filters stand in the address. */
export function PeopleScreen() {
  const text = useText();
  const may = useMay();
  return (
    <Screen
      title={text("people.title")}
      width="wide"
      actions={
        <div className="ds-row">
          <Link to="/people/roles">{text("people.roles")}</Link>
          <Link to="/people/second-factor">{text("people.rules")}</Link>
          <Link to="/people/access-hours">{text("people.accessTitle")}</Link>
          {may("people.manage") && (
            <>
              <Link to="/people/waiting">{text("people.waiting")}</Link>
              <Link to="/people/import">{text("people.import")}</Link>
              <Button component={LocalLink} href="/people/new">
                {text("people.add")}
              </Button>
            </>
          )}
        </div>
      }
    >
      <Filters />
      <Found />
    </Screen>
  );
}

function useFilters() {
  const search = useSearch({ from: "/people" });
  const role = grantableRoles.find((one) => one === search.role);
  return { q: search.q ?? "", unitId: search.unit, role };
}

function Filters() {
  const text = useText();
  const names = useNames();
  const navigate = useNavigate({ from: "/people" });
  const { q, unitId, role } = useFilters();
  const [words, setWords] = useState(q);
  const [settled] = useDebouncedValue(words, 250);
  const unit = useQuery(kernel.units.get.queryOptions({ unitId: unitId ?? "" }, { enabled: unitId !== undefined }));
  const set = (part: Readonly<Record<string, string>>) =>
    void navigate({
      search: (before) => Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, value]) => value)),
      replace: true,
    });
  useEffect(() => {
    void navigate({ search: ({ q: _, ...rest }) => (settled ? { ...rest, q: settled } : rest), replace: true });
  }, [settled, navigate]);
  return (
    <search className="ad-filters">
      <TextField name="q" label={text("people.search")} type="search" value={words} onChange={setWords} />
      <UnitPicker
        name="unit"
        label={text("people.unit")}
        value={unitId ?? ""}
        onChange={(id) => set({ unit: id })}
        {...(unit.data && { first: unit.data })}
      />
      <Select
        name="role"
        label={text("people.role")}
        value={role ?? ""}
        options={grantableRoles.map((one) => ({ value: one, label: names.role(one) }))}
        onChange={(value) => set({ role: value })}
      />
    </search>
  );
}

function Found() {
  const text = useText();
  const name = useName();
  const names = useNames();
  const language = useLanguage();
  const { q, unitId, role } = useFilters();
  const input = { q, limit: 50, ...(unitId && { unitId }), ...(role && { role }) };
  const people = useInfiniteQuery(
    kernel.people.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor ?? undefined }),
  );
  return (
    <Loaded query={people}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0)
          return <EmptyState title={text("people.empty")} action={<Link to="/people">{text("people.clear")}</Link>} />;
        return (
          <>
            <p role="status" className="ds-hint">
              {people.hasNextPage
                ? text("people.foundMore", { count: items.length })
                : text("people.found", { count: items.length })}
            </p>
            <ul className="ad-rows" aria-label={text("people.list")}>
              {items.map((person) => (
                <li key={person.id} className="ds-row ds-row-between">
                  <span>
                    <Link to="/people/$personId" params={{ personId: person.id }} className="ad-strong">
                      {person.name}
                    </Link>
                    <span className="ds-hint">{` · ${person.username} · ${name(person.unit.name)}`}</span>
                    <br />
                    {person.roles.map(names.role).join(language === "en" ? ", " : "、") || (
                      <span className="ds-hint">{text("people.noRole")}</span>
                    )}
                  </span>
                  <span className="ds-hint">
                    {person.active
                      ? person.lastSeenOn
                        ? text("people.lastSeen", { date: formatDate(person.lastSeenOn, language) })
                        : text("people.neverSeen")
                      : `⊘ ${text("people.inactive")}`}
                  </span>
                </li>
              ))}
            </ul>
            {people.hasNextPage && (
              <div>
                <Button
                  variant="default"
                  loading={people.isFetchingNextPage}
                  onClick={() => void people.fetchNextPage()}
                >
                  {text("app.more")}
                </Button>
              </div>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
