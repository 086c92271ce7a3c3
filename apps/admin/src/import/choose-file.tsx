import { Alert, Button, Select } from "@doorstep/ui";
import { useId, useState } from "react";
import { useText } from "../app/i18n.ts";
import { type Encoding, encodings, type List, MAX_ROWS, readList } from "./read-list.ts";

/** A CSV file, read in the browser in the encoding it speaks for or in the one chosen. */
export function ChooseFile(props: { readonly onList: (list: List) => void }) {
  const text = useText();
  const id = useId();
  const [bytes, setBytes] = useState<Uint8Array>();
  const [encoding, setEncoding] = useState<Encoding>();
  const list = bytes && readList(bytes, encoding);
  const problem = bytes && problemOf(list);
  const choose = async (file: File | undefined) => setBytes(file && new Uint8Array(await file.arrayBuffer()));
  return (
    <>
      <div>
        <label htmlFor={id} className="ds-legend">
          {text("importing.file")}
        </label>
        <p className="ds-hint" id={`${id}-hint`}>
          {text("importing.fileHint")}
        </p>
        <input
          id={id}
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          className="ad-file"
          aria-describedby={`${id}-hint`}
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
      </div>
      {bytes && (
        <Select
          name="encoding"
          label={text("importing.encoding")}
          value={encoding ?? ""}
          options={encodings.map((one) => ({ value: one, label: one.toUpperCase() }))}
          onChange={(value) => setEncoding(encodings.find((one) => one === value))}
          hint={list && !encoding ? `${text("importing.encodingAuto")}: ${list.encoding.toUpperCase()}` : undefined}
        />
      )}
      {problem && (
        <Alert color="red" role="alert" className="ds-alert">
          {text(problem, { max: MAX_ROWS })}
        </Alert>
      )}
      {list && list.rows.length > 0 && (
        <section aria-label={text("importing.preview")}>
          <p className="ds-hint">{text("importing.preview")}</p>
          <ul className="ad-plain">
            {[list.headings, ...list.rows.slice(0, 3)].map((row) => (
              <li key={row.join("\u0001")}>{row.join(" | ")}</li>
            ))}
          </ul>
        </section>
      )}
      {list && !problem && (
        <div>
          <Button onClick={() => props.onList(list)}>{text("importing.stepColumns")}</Button>
        </div>
      )}
    </>
  );
}

type Problem = "importing.broken" | "importing.empty" | "importing.tooMany";

function problemOf(list: List | undefined): Problem | undefined {
  if (!list) return "importing.broken";
  if (list.rows.length === 0) return "importing.empty";
  return list.rows.length > MAX_ROWS ? "importing.tooMany" : undefined;
}
