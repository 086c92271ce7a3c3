import { Button } from "@doorstep/ui";
import { useDeskText } from "../text.ts";
import type { FilingValues } from "./desk-filing.ts";

type Words = Pick<FilingValues, "title" | "body" | "desiredOutcome" | "alreadyTried">;

/** What is read out to whoever came or called before he confirms it; printed it is the sheet that he signs. */
export function ReadBack(props: { readonly values: Words }) {
  const { text } = useDeskText();
  const { title, body, desiredOutcome, alreadyTried } = props.values;
  if (body.trim() === "") return null;
  const beside = (
    [
      [text("desk.register.desired"), desiredOutcome],
      [text("desk.register.tried"), alreadyTried],
    ] as const
  ).filter(([, words]) => words.trim() !== "");
  return (
    <section className="ds-panel desk-read-back" aria-labelledby="read-back">
      <h2 id="read-back">{text("desk.register.readBackSheet")}</h2>
      <p>
        <strong>{title}</strong>
      </p>
      <p className="desk-read-back-words">{body}</p>
      {beside.map(([label, words]) => (
        <p key={label} className="desk-read-back-words">
          {text("desk.register.readBackLine", { label, words })}
        </p>
      ))}
      <p className="desk-print-only">{text("desk.register.readBackSign")}</p>
      <div className="ds-no-print">
        <Button variant="default" onClick={() => print()}>
          {text("desk.register.readBackPrint")}
        </Button>
      </div>
    </section>
  );
}
