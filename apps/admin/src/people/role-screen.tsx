import { grantableRoles, type Role, rolePermissions } from "@doorstep/contracts";
import { Button, formatDate, Screen, Select } from "@doorstep/ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";
import { useNames } from "../names/use-names.ts";

/** What a role may do, in words, and who holds it where. */
export function RoleScreen() {
  const text = useText();
  const names = useNames();
  const navigate = useNavigate({ from: "/people/roles" });
  const search = useSearch({ from: "/people/roles" });
  const role = grantableRoles.find((one) => one === search.role) ?? "officer";
  return (
    <Screen
      title={text("people.roleTitle", { role: names.role(role) })}
      width="wide"
      before={
        <Link to="/people" className="ds-back">
          {`← ${text("people.title")}`}
        </Link>
      }
    >
      <Select
        name="role"
        label={text("people.role")}
        value={role}
        options={grantableRoles.map((one) => ({ value: one, label: names.role(one) }))}
        onChange={(value) => void navigate({ search: { role: value }, replace: true })}
      />
      <Rights role={role} />
      <Holders role={role} />
    </Screen>
  );
}

function Rights(props: { readonly role: Role }) {
  const text = useText();
  const names = useNames();
  const rights = rolePermissions[props.role];
  return (
    <section aria-labelledby="rights">
      <h2 id="rights">{text("people.roleRights")}</h2>
      {rights.length === 0 ? (
        <p className="ds-hint">{text("people.roleRightsNone")}</p>
      ) : (
        <ul>
          {rights.map((right) => (
            <li key={right}>{names.permission(right)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Holders(props: { readonly role: Role }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const holders = useInfiniteQuery(
    kernel.people.role.infiniteQueryOptions(
      { role: props.role, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  return (
    <Loaded query={holders}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        return (
          <>
            <p>{text(`people.roleReads.${props.role === "discipline" ? "organ" : (pages[0]?.reads ?? "none")}`)}</p>
            <section aria-labelledby="holders">
              <h2 id="holders">{text("people.roleHolders")}</h2>
              {items.length === 0 && <p className="ds-hint">{text("people.roleHoldersNone")}</p>}
              <ul className="ad-rows">
                {items.map((item) => (
                  <li key={item.grantId} className="ds-row ds-row-between">
                    <span>
                      <Link to="/people/$personId" params={{ personId: item.personId }} className="ad-strong">
                        {item.personName}
                      </Link>
                      <span className="ds-hint">
                        {` · ${name(item.unitName)} · ${text(item.subtree ? "people.below" : "people.onlyHere")}`}
                      </span>
                    </span>
                    <span className="ds-hint">
                      {item.until
                        ? text("people.until", { date: formatDate(item.until, language) })
                        : text("people.noEnd")}
                    </span>
                  </li>
                ))}
              </ul>
              {holders.hasNextPage && (
                <Button
                  variant="default"
                  loading={holders.isFetchingNextPage}
                  onClick={() => void holders.fetchNextPage()}
                >
                  {text("app.more")}
                </Button>
              )}
            </section>
          </>
        );
      }}
    </Loaded>
  );
}
