import { Alert, Button, Select } from "@doorstep/ui";
import { useId, useRef, useState } from "react";
import { useText } from "../app/i18n.ts";
import {
  type Encoding,
  encodings,
  type List,
  type ListProblem,
  MAX_MEGABYTES,
  MAX_ROWS,
  readList,
} from "./read-list.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Problems another encoding may cure. */
const isOfEncoding = (read: List | ListProblem | undefined): boolean =>
  typeof read === "string" ? read === "broken" || read === "empty" : read?.encoding !== undefined;

/** A workbook or a text, read in the browser; a text in the encoding it speaks for or in the one chosen. */
export function ChooseFile(props: { readonly onList: (list: List) => void }) {
  const text = useText();
  const id = useId();
  const [bytes, setBytes] = useState<Bytes>();
  const [encoding, setEncoding] = useState<Encoding>();
  const [read, setRead] = useState<List | ListProblem>();
  const latest = useRef(0);
  const list = typeof read === "object" ? read : undefined;
  const readIn = async (next: Bytes | undefined, wanted: Encoding | undefined) => {
    latest.current += 1;
    const mine = latest.current;
    const result = next && (await readList(next, wanted));
    // Another file or encoding was chosen while this one was read.
    if (mine === latest.current) setRead(result);
  };
  const choose = async (file: File | undefined) => {
    const tooLarge = file && file.size > MAX_MEGABYTES * 1024 * 1024;
    const next = file && !tooLarge ? new Uint8Array(await file.arrayBuffer()) : undefined;
    setBytes(next);
    setEncoding(undefined);
    await readIn(next, undefined);
    if (tooLarge) setRead("tooLarge");
  };
  const chooseEncoding = async (value: string) => {
    const wanted = encodings.find((one) => one === value);
    setEncoding(wanted);
    await readIn(bytes, wanted);
  };
  return (
    <>
      <div>
        <label htmlFor={id} className="ds-legend">
          {text("importing.file")}
        </label>
        <p className="ds-hint" id={`${id}-hint`}>
          {text("importing.fileHint", { max: MAX_ROWS })}
        </p>
        <input
          id={id}
          type="file"
          accept=".xlsx,.csv,.txt,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          className="ad-file"
          aria-describedby={`${id}-hint`}
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
      </div>
      {bytes && isOfEncoding(read) && (
        <Select
          name="encoding"
          label={text("importing.encoding")}
          value={encoding ?? ""}
          options={encodings.map((one) => ({ value: one, label: one.toUpperCase() }))}
          onChange={(value) => void chooseEncoding(value)}
          hint={
            list?.encoding && !encoding
              ? `${text("importing.encodingAuto")}: ${list.encoding.toUpperCase()}`
              : undefined
          }
        />
      )}
      {typeof read === "string" && (
        <Alert color="red" role="alert" className="ds-alert">
          {text(`importing.${read}`, { max: read === "tooLarge" ? MAX_MEGABYTES : MAX_ROWS })}
        </Alert>
      )}
      {list && (
        <section aria-label={text("importing.preview")}>
          <p className="ds-hint">{text("importing.preview")}</p>
          <ul className="ad-plain">
            {[list.headings, ...list.rows.slice(0, 3)].map((row) => (
              <li key={row.join("\u0001")}>{row.join(" | ")}</li>
            ))}
          </ul>
        </section>
      )}
      {list && (
        <div>
          <Button onClick={() => props.onList(list)}>{text("importing.stepColumns")}</Button>
        </div>
      )}
    </>
  );
}
