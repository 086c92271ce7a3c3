import { formatDate, Tile, usePage, useQuery } from "@doorstep/sdk/ui";
import { useHearing } from "./words.ts";

/** On the front page of whoever sits on a hearing; nothing for anybody else. */
export function SeatTile() {
  const { say, rpc, language, isKnown } = useHearing();
  const { go } = usePage();
  const mine = useQuery(rpc.mine.queryOptions(undefined, { enabled: isKnown, retry: false }));
  const [next] = mine.data ?? [];
  if (!next) return null;
  return (
    <Tile
      href="/p/hearing"
      onNavigate={() => go("portal:/p/hearing")}
      title={say("mine.title")}
      note={say("mine.next", { on: formatDate(next.hearingOn ?? "", language) })}
    />
  );
}
