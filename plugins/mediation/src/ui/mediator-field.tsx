import { Select, useQuery } from "@doorstep/sdk/ui";
import { useMediation } from "./words.ts";

/** Who may mediate here, with how many each leads; without the one whom somebody else is to follow. */
export function MediatorField({ instead }: { readonly instead?: string }) {
  const { say, rpc } = useMediation();
  const people = useQuery(rpc.roster.queryOptions(undefined, { staleTime: 0 }));
  const options = (people.data ?? [])
    .filter((one) => one.free && one.id !== instead)
    .map(({ id, name, open, tiers, languages, topics }) => {
      const more = [...tiers.map((tier) => `T${tier}`), languages, topics].filter((word) => word !== "").join(" · ");
      return { value: id, label: say(more === "" ? "roster" : "rosterMore", { name, count: open, more }) };
    });
  return (
    <Select
      name="mediatorId"
      label={say("offer.mediator")}
      hint={people.data && options.length === 0 ? say("offer.noMediator") : undefined}
      options={options}
      required
    />
  );
}
