import { uploadFile } from "@doorstep/sdk/ui";
import { formatBytes } from "@doorstep/ui";
import { type ChangeEvent, type Dispatch, type SetStateAction, useId } from "react";
import { useErrorText } from "../../shell/error-text.ts";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { newKey } from "../../shell/new-key.ts";

export interface AttachedFile {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly state: "sending" | "sent" | "failed" | "notDrawn";
  readonly id?: string;
  readonly error?: unknown;
}

interface AttachFilesProps {
  /** From a petitioner's own phone: photos are made smaller, and tell neither place nor device. */
  readonly cleaned?: boolean;
  readonly files: readonly AttachedFile[];
  readonly onChange: Dispatch<SetStateAction<readonly AttachedFile[]>>;
}

/** Asked for when the first file is chosen. A photo that cannot be drawn here stays here. */
async function cleanedOf(file: File): Promise<{ readonly content: Blob | undefined; readonly name: string }> {
  const { cleanFile } = await import("@doorstep/sdk/pictures");
  const { content, name, cleaned } = await cleanFile(file, file.name);
  return { content: cleaned ? content : undefined, name };
}

/** Files added to a message; each is sent at once and claimed by the message. */
export function AttachFiles(props: AttachFilesProps) {
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const id = useId();
  const { files, onChange } = props;

  const change = (key: string, to: Partial<AttachedFile>) =>
    onChange((before) => before.map((file) => (file.key === key ? { ...file, ...to } : file)));
  const send = async (key: string, chosen: File) => {
    try {
      const { content, name } = props.cleaned ? await cleanedOf(chosen) : { content: chosen, name: chosen.name };
      if (content === undefined) return change(key, { state: "notDrawn" });
      change(key, { name, size: content.size });
      const sent = await uploadFile(content, name);
      change(key, { state: "sent", id: sent.id });
    } catch (error) {
      change(key, { state: "failed", error });
    }
  };
  const add = (event: ChangeEvent<HTMLInputElement>) => {
    for (const file of event.currentTarget.files ?? []) {
      const key = newKey();
      onChange((before) => [...before, { key, name: file.name, size: file.size, state: "sending" }]);
      void send(key, file);
    }
    event.currentTarget.value = "";
  };

  return (
    <div>
      <label htmlFor={id}>{text("case.attach")}</label>
      <p>
        <input id={id} type="file" multiple onChange={add} />
      </p>
      <ul className="ds-list" aria-live="polite">
        {files.map((file) => (
          <li key={file.key} className="ds-row ds-row-between">
            <span>
              {file.name}
              {" · "}
              {formatBytes(file.size, language)}
              {" · "}
              {file.state === "failed" ? errorText(file.error) : text(`case.fileState.${file.state}`)}
            </span>
            <button
              type="button"
              className="ds-link"
              onClick={() => onChange((before) => before.filter((one) => one.key !== file.key))}
            >
              {text("case.removeFile", { name: file.name })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
