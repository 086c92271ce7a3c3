import { Select, useQuery } from "@doorstep/sdk/ui";
import { useMediation } from "./words.ts";

/** Who may mediate this petition, with how many each leads: nobody who has mediated it before, or is to be followed by somebody else. */
export function MediatorField({ caseId }: { readonly caseId: string }) {
  const { say, rpc } = useMediation();
  const people = useQuery(rpc.roster.queryOptions(undefined, { staleTime: 0 }));
  const earlier = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  const out = new Set(
    (earlier.data ?? []).flatMap((one) => (one.untilOn !== null || one.state === "offered" ? [one.mediatorId] : [])),
  );
  const options = (people.data ?? [])
    .filter((one) => one.free && !out.has(one.id))
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
