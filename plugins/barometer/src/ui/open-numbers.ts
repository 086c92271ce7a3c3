import { usePlugin } from "@doorstep/sdk/ui";

/** Who counts what stands here: known by its id and its addresses alone. */
const INDICATORS = { id: "indicators" } as const;
const BASE = "/desk/p/indicators";

interface Of {
  readonly unitId: string;
  readonly own: boolean;
}

/** Where exact numbers and the petitions behind them are seen, by whoever may look there at the unit; `null` for others. */
export function useOpenNumbers() {
  const { can } = usePlugin(INDICATORS);
  if (!can("look")) return null;
  const scope = ({ own }: Of): string => (own ? "own" : "below");
  return {
    registered: (month: string, row: Of, category: string): string =>
      `${BASE}/registered/${month}/${scope(row)}/${category}/${row.unitId}`,
    indicator: (month: string, code: string): string => `${BASE}/${month}/below/${code}`,
    today: BASE,
  };
}
