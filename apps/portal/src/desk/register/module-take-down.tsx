import type { TakeDownProps } from "@doorstep/sdk/ui-host";
import { emptyFiling, takenOf } from "./desk-filing.ts";
import { TakeDownForm } from "./take-down-form.tsx";

/** The desk's form on the page of a module, which hands over what was taken down by a channel of its own. */
export function ModuleTakeDown({ onFile, ...props }: TakeDownProps) {
  return (
    <TakeDownForm
      {...props}
      send={(values, unitId, key) => {
        const own = Object.entries(values).filter(([name]) => !(name in emptyFiling));
        return onFile(takenOf(values, unitId), key, Object.fromEntries(own));
      }}
    />
  );
}
