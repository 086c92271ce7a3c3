import { Select, TextField } from "@doorstep/sdk/ui";
import { useJoint } from "./words.ts";

export const kinds = [
  "conscript",
  "nco",
  "officer",
  "civilianStaff",
  "family",
  "veteran",
  "survivor",
  "citizen",
] as const;
export type Kind = (typeof kinds)[number];

/** What is asked of everybody who puts his name to it. */
export function PersonFields() {
  const { say } = useJoint();
  return (
    <>
      <Select
        name="kind"
        label={say("person.kind")}
        options={kinds.map((value) => ({ value, label: say(`person.kinds.${value}`) }))}
        required
      />
      <TextField
        name="contact"
        label={say("person.contact")}
        hint={say("person.contactHint")}
        required
        maxLength={200}
      />
    </>
  );
}
