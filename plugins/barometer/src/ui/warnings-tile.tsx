import { Button, usePage, useQuery } from "@doorstep/sdk/ui";
import { useHandOns } from "./hand-on.ts";
import { Tile } from "./tile.tsx";
import { useWarningTitle, WarningLines } from "./warning-lines.tsx";
import { useBarometer } from "./words.ts";

/** What the rules have found: open questions first, then what was answered, false alarms with who marked them. */
export function WarningsTile() {
  const { say, rpc, can } = useBarometer();
  const { go } = usePage();
  const handOnsOf = useHandOns();
  const titleOf = useWarningTitle();
  const asked = useQuery(rpc.warnings.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Tile title={say("warnings.title")} asked={asked} isEmpty={(all) => all.length === 0} empty={say("warnings.none")}>
      {(all) => (
        <ul className="ds-list">
          {all.map((one) => (
            <li key={one.id} className="ds-panel">
              <h3>{titleOf(one)}</h3>
              <WarningLines one={one} />
              {one.state === "open" && (one.isHere || one.isMine) && can("answer") && (
                <div>
                  <Button
                    variant="default"
                    onClick={() => go(`/w/${one.id}`)}
                    aria-label={`${say("warnings.answer")} ${titleOf(one)}`}
                  >
                    {say("warnings.answer")}
                  </Button>
                </div>
              )}
              {one.isHere &&
                one.state !== "falseAlarm" &&
                handOnsOf(one).map(({ to, address }) => (
                  <div key={to}>
                    <Button
                      variant="default"
                      onClick={() => go(address)}
                      aria-label={`${say(`warnings.${to}`)} ${titleOf(one)}`}
                    >
                      {say(`warnings.${to}`)}
                    </Button>
                  </div>
                ))}
            </li>
          ))}
        </ul>
      )}
    </Tile>
  );
}
