import { Select, useQuery } from "@doorstep/sdk/ui";
import { useLiaison } from "./words.ts";

/** Who can stay with the matter. */
export function HelperField() {
  const { say, rpc, language } = useLiaison();
  const people = useQuery(rpc.helpers.queryOptions());
  const options = (people.data ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${one.unit[language]}` }));
  return (
    <Select name="helperId" label={say("begin.helper")} hint={say("begin.helperHint")} options={options} required />
  );
}
