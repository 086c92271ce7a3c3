import type { DeskKey } from "../text.ts";
import { useDeskText } from "../text.ts";

export type Seen = "petitioner" | "internal" | "handling" | "letter" | "signer" | "recorded" | "receiver";

const open: readonly Seen[] = ["petitioner", "letter", "recorded"];

/** Who can read what is being written, in words beside the box; the colour only repeats it [UI.md C.0]. */
export function WhoSees(props: { readonly who: Seen }) {
  const { text } = useDeskText();
  const key: DeskKey = `desk.sees.${props.who}`;
  return (
    <p className="desk-sees" data-open={open.includes(props.who) || undefined}>
      <span aria-hidden="true">{open.includes(props.who) ? "◉" : "◌"}</span> {text(key)}
    </p>
  );
}
