import { auditKinds } from "@doorstep/contracts";
import { useNavigate, useSearch } from "@tanstack/react-router";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[0-9a-f-]{36}$/;
const keep = (value: string | undefined, form: RegExp): string | undefined =>
  value !== undefined && form.test(value) ? value : undefined;

/** The filter as it stands in the address, and how to change it. */
export function useAuditFilter() {
  const search = useSearch({ from: "/audit" });
  const navigate = useNavigate({ from: "/audit" });
  const filter = {
    who: keep(search.who, ID),
    kind: auditKinds.find((kind) => kind === search.kind),
    unitId: keep(search.unit, ID),
    caseNo: search.case,
    pluginId: search.module,
    request: keep(search.request, ID),
    from: keep(search.from, DAY),
    until: keep(search.until, DAY),
    stream: keep(search.chain, ID),
  };
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) as {
    -readonly [K in keyof typeof filter]?: Exclude<(typeof filter)[K], undefined>;
  };
  const set = (part: Partial<Record<keyof typeof search, string>>): void =>
    void navigate({
      search: (before) => Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, value]) => value)),
      replace: true,
    });
  return { filter: given, set, clear: () => void navigate({ search: {}, replace: true }) };
}
