import type { CaseView } from "@doorstep/contracts";
import { type UploadedFile, uploadFile } from "@doorstep/sdk/ui";
import { Button, formatBytes, RadioCards, TextArea } from "@doorstep/ui";
import { useState } from "react";
import { kernelClient } from "../../shell/rpc.ts";
import { ActProblem } from "../acts/act-problem.tsx";
import { useCaseAct } from "../acts/use-case-act.ts";
import { problemOf } from "../shared/problem.ts";
import { useDraft } from "../shared/use-draft.ts";
import { WhoSees } from "../shared/who-sees.tsx";
import { useDeskText } from "../text.ts";

type Visibility = "internal" | "petitioner";
interface NoteValues {
  text: string;
  visibility: Visibility;
}
const empty: NoteValues = { text: "", visibility: "internal" };

/** Writing to the file or to the petitioner. It begins as internal every time, so that nothing goes out by habit. */
export function NoteBox(props: { readonly c: CaseView; readonly onDone: () => void }) {
  const { text, language } = useDeskText();
  const { c } = props;
  const draft = useDraft<NoteValues>(`${c.caseId}:note`, empty);
  const [values, setValues] = useState(draft.initial);
  const [files, setFiles] = useState<readonly UploadedFile[]>([]);
  const [upload, setUpload] = useState<{ readonly busy: boolean; readonly failed?: string }>({ busy: false });
  const [missing, setMissing] = useState(false);
  const act = useCaseAct<NoteValues & { readonly fileIds: string[] }>(
    c,
    (v, on) => kernelClient.cases.note.mutate({ ...on, ...v }),
    () => {
      draft.clear();
      setValues(empty);
      setFiles([]);
      props.onDone();
    },
  );
  const change = (part: Partial<NoteValues>) => {
    const next = { ...values, ...part };
    setValues(next);
    setMissing(false);
    draft.save(next);
  };
  const send = () => {
    if (values.text.trim() === "") setMissing(true);
    else act.send({ ...values, fileIds: files.map((file) => file.id) });
  };
  const add = async (field: HTMLInputElement) => {
    setUpload({ busy: true });
    try {
      for (const file of field.files ?? []) {
        const uploaded = await uploadFile(file, file.name);
        setFiles((before) => [...before, uploaded]);
      }
      setUpload({ busy: false });
    } catch (error) {
      setUpload({ busy: false, failed: problemOf(error, language).message });
    }
    // What was taken stands in the list below; what was not can be chosen again.
    field.value = "";
  };

  return (
    <form
      className="desk-note ds-no-print"
      data-visibility={values.visibility}
      aria-label={text("desk.case.note")}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <RadioCards<Visibility>
        name="visibility"
        label={text("desk.case.noteFor")}
        value={values.visibility}
        onChange={(value) => change({ visibility: value === "petitioner" ? "petitioner" : "internal" })}
        cards={[
          { value: "internal", label: text("desk.case.noteInternal") },
          { value: "petitioner", label: text("desk.case.notePetitioner") },
        ]}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter is an extra way; the button is the real one */}
      <div
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) send();
        }}
      >
        <TextArea
          name="note"
          label={text(values.visibility === "internal" ? "desk.case.noteInternal" : "desk.case.notePetitioner")}
          rows={3}
          maxLength={5_000}
          {...(values.visibility === "internal" ? { tone: "internal" as const } : {})}
          value={values.text}
          error={missing ? text("desk.acts.missing") : undefined}
          onChange={(value) => change({ text: value })}
        />
      </div>
      <WhoSees who={values.visibility} />
      <label className="desk-file">
        <span>{text("desk.case.addFiles")}</span>
        <input type="file" multiple onChange={(event) => void add(event.currentTarget)} disabled={upload.busy} />
      </label>
      {upload.failed && (
        <p className="ds-error" role="alert">
          {upload.failed}
        </p>
      )}
      <ul className="desk-files">
        {files.map((file) => (
          <li key={file.id} className="ds-row">
            <span>{file.name}</span>
            <span className="ds-hint">{formatBytes(file.size, language)}</span>
            <button
              type="button"
              className="ds-link"
              aria-label={text("desk.case.removeFile", { name: file.name })}
              onClick={() => setFiles(files.filter((one) => one.id !== file.id))}
            >
              {text("desk.register.remove")}
            </button>
          </li>
        ))}
      </ul>
      <ActProblem problem={act.problem} stale={act.stale} onReload={act.reload} />
      <Button type="submit" loading={act.busy} disabled={upload.busy}>
        {text(values.visibility === "internal" ? "desk.case.saveNote" : "desk.case.sendNote")}
      </Button>
    </form>
  );
}
