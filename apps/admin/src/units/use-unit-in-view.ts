import { useQuery } from "@tanstack/react-query";
import { kernel } from "../app/rpc.ts";

/** The unit named in the address, or the topmost one that the reader administers. */
export function useUnitInView(unitId: string | undefined) {
  const top = useQuery(kernel.units.tree.queryOptions({}));
  const known = top.data?.find((unit) => unit.id === unitId);
  const detail = useQuery(
    kernel.units.get.queryOptions({ unitId: unitId ?? "" }, { enabled: unitId !== undefined && !known }),
  );
  const named = unitId === undefined ? (top.data?.find((unit) => unit.manageable) ?? top.data?.[0]) : detail.data;
  const { error, isError, refetch } = unitId === undefined || known ? top : detail;
  return { data: known ?? named, error, isError, refetch };
}
