import { useQuery } from "@tanstack/react-query";
import { kernel } from "../app/rpc.ts";
import { useSession } from "../app/session.ts";

/** The unit named in the address, or the topmost one that the reader administers. */
export function useUnitInView(unitId: string | undefined) {
  const session = useSession();
  const top = useQuery(kernel.units.tree.queryOptions({}));
  // the tree begins above whoever administers a unit further down: he finds his own
  const first = top.data && (top.data.find((unit) => unit.manageable)?.id ?? session.data?.unit?.id ?? top.data[0]?.id);
  const wanted = unitId ?? first;
  const known = top.data?.find((unit) => unit.id === wanted);
  const detail = useQuery(
    kernel.units.get.queryOptions({ unitId: wanted ?? "" }, { enabled: wanted !== undefined && !known }),
  );
  const { error, isError, refetch } = wanted === undefined || known ? top : detail;
  return { data: known ?? detail.data, error, isError, refetch };
}
