import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "../../live/use-live.ts";
import { kernel } from "../../shell/rpc.ts";
import { useDesk } from "../desk-context.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { useDeskText } from "../text.ts";

/** The urgent petitions of whoever is at the desk; looked for each minute, and when the bell rings. */
export function useUrgent() {
  const queries = useQueryClient();
  useLive((news) => {
    if (news.all || news.bell || news.cases.length > 0)
      void queries.invalidateQueries({ queryKey: kernel.duty.open.pathKey() });
  });
  return useQuery(kernel.duty.open.queryOptions({}, { refetchInterval: 60_000 })).data ?? [];
}

/** Stands over every screen of the desk while somebody waits to be taken care of, and nobody has. */
export function DutyBanner(props: { readonly waiting: number }) {
  const { text } = useDeskText();
  const { place } = useDesk();
  if (props.waiting === 0 || place.page === "duty") return null;
  return (
    <div role="alert" className="ds-panel ds-panel-danger ds-no-print">
      <div className="ds-row ds-row-between">
        <strong>{text("desk.duty.banner", { n: props.waiting })}</strong>
        <DeskLink to={{ page: "duty" }} className="ds-link">
          {text("desk.duty.open")}
        </DeskLink>
      </div>
    </div>
  );
}
