import { Alert, Button } from "@doorstep/ui";
import { useId, useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { useAct } from "../app/use-act.ts";
import { type Looked, lookAtArchive } from "./look-at-archive.ts";

/** Takes an archive and shows why it cannot be installed; what can be goes up to the screen. */
export function ChooseArchive(props: { readonly onLooked: (looked: Looked & { readonly ok: true }) => void }) {
  const text = useText();
  const name = useName();
  const id = useId();
  const [file, setFile] = useState<File>();
  const [missing, setMissing] = useState(false);
  const look = useAct(lookAtArchive, { done: (looked) => (looked.ok ? props.onLooked(looked) : undefined) });
  const problems = look.result?.ok === false ? look.result.problems : [];
  return (
    <form
      className="ds-stack"
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(!file);
        if (file) look.run(file);
      }}
    >
      <div>
        <label htmlFor={id} className="ds-legend">
          {text("installed.choose")}
        </label>
        <p className="ds-hint" id={`${id}-hint`}>
          {text("installed.chooseHint")}
        </p>
        <input
          id={id}
          type="file"
          accept=".dsp"
          aria-describedby={`${id}-hint`}
          aria-invalid={missing || undefined}
          onChange={(event) => {
            setFile(event.currentTarget.files?.[0]);
            setMissing(false);
            look.reset();
          }}
        />
      </div>
      {(missing || look.error) && (
        <Alert color="red" role="alert" className="ds-alert">
          {missing ? text("installed.chooseFirst") : look.error}
        </Alert>
      )}
      {problems.length > 0 && (
        <Alert color="red" role="alert" className="ds-alert" title={text("installed.refused")}>
          <ul className="ad-plain">
            {problems.map((problem) => (
              <li key={`${problem.code} ${problem.message.en}`} className="ad-break">
                {name(problem.message)}
                {problem.fix && ` ${name(problem.fix)}`}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <div className="ds-actions">
        <Button type="submit" loading={look.busy}>
          {text("installed.look")}
        </Button>
      </div>
    </form>
  );
}
