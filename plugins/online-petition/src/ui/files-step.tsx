import { cleanFile } from "@doorstep/sdk/pictures";
import { Form, formatBytes, useErrorText, usePage, usePlugin } from "@doorstep/sdk/ui";
import { type ChangeEvent, useEffect, useId, useState } from "react";
import type { Attachment } from "../filing/filing-store.ts";
import { sendAttachments } from "../filing/send-attachments.ts";
import { filingStore, useFiling } from "../filing/use-filing.ts";
import { useFurther } from "../filing/use-further.ts";
import { plugin } from "../plugin.ts";
import { QuestionPage } from "./question-page.tsx";
import { useText } from "./use-text.ts";

const MAX_FILES = 20;

/** Step 5: photos and documents. Each is cleaned here, sent at once, and can be sent again or taken out. */
export function FilesStep() {
  const text = useText();
  const { go } = usePage();
  const { filing } = useFiling();
  const further = useFurther();
  const [tooMany, setTooMany] = useState(false);
  const [kept, setKept] = useState<readonly string[]>([]);
  const { language } = usePlugin(plugin);
  const anonymous = filing.answers.identity === "anonymous";

  const add = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = "";
    const room = MAX_FILES - filingStore.get().attachments.length;
    setTooMany(chosen.length > room);
    const added: Attachment[] = [];
    const notDrawn: string[] = [];
    for (const file of chosen.slice(0, room)) {
      const clean = await cleanFile(file, file.name);
      // A photo as the camera wrote it tells place and device: it does not leave the phone.
      if (!clean.cleaned) {
        notDrawn.push(file.name);
        continue;
      }
      added.push({
        key: crypto.randomUUID(),
        name: clean.name,
        size: clean.content.size,
        content: clean.content,
        state: "waiting",
        progress: 0,
      });
    }
    setKept(notDrawn);
    filingStore.attach((before) => [...before, ...added]);
    await sendAttachments(added, anonymous);
  };

  return (
    <QuestionPage step={5} title={text("files.title")}>
      <p>{text("files.optional")}</p>
      <Form initial={{}} onSubmit={() => go(further ? "/more" : "/6")} submitLabel={text("next")} sticky>
        <div className="ds-row">
          <Picker label={text("files.camera")} accept="image/*" camera onPick={add} />
          <Picker label={text("files.pick")} onPick={add} />
        </div>
        {tooMany && <p role="alert">{text("files.tooMany", { count: MAX_FILES })}</p>}
        {kept.length > 0 && (
          <p role="alert">{text("files.notDrawn", { names: kept.join(language === "en" ? ", " : "、") })}</p>
        )}
        {filing.attachments.length > 0 && (
          <ul className="ds-list" aria-label={text("files.list")}>
            {filing.attachments.map((file) => (
              <FileRow key={file.key} file={file} anonymous={anonymous} />
            ))}
          </ul>
        )}
        <p className="ds-hint">{text("files.privacy")}</p>
        <p className="ds-hint">{text("files.secret")}</p>
      </Form>
    </QuestionPage>
  );
}

interface PickerProps {
  readonly label: string;
  readonly accept?: string;
  readonly camera?: boolean;
  readonly onPick: (event: ChangeEvent<HTMLInputElement>) => Promise<void>;
}

function Picker(props: PickerProps) {
  const id = useId();
  return (
    <span className="ds-picker">
      <input
        id={id}
        type="file"
        multiple
        className="ds-hidden"
        accept={props.accept}
        {...(props.camera ? { capture: "environment" as const } : {})}
        onChange={(event) => void props.onPick(event)}
      />
      <label htmlFor={id}>{props.label}</label>
    </span>
  );
}

const SMALL = 96;

/** The very picture that is sent, small, and as large as the page when it is pressed. */
function Preview({ file }: { readonly file: Attachment }) {
  const text = useText();
  const [address, setAddress] = useState<string>();
  const [large, setLarge] = useState(false);
  const { content } = file;
  useEffect(() => {
    if (!content.type.startsWith("image/")) return;
    const made = URL.createObjectURL(content);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  if (address === undefined) return null;
  return (
    <>
      <button type="button" className="ds-link" aria-expanded={large} onClick={() => setLarge(!large)}>
        {large ? text("files.smaller", { name: file.name }) : text("files.larger", { name: file.name })}
      </button>
      <img src={address} alt={text("files.preview", { name: file.name })} width={large ? "100%" : SMALL} />
    </>
  );
}

function FileRow(props: { readonly file: Attachment; readonly anonymous: boolean }) {
  const { file, anonymous } = props;
  const text = useText();
  const errorText = useErrorText();
  const { language } = usePlugin(plugin);
  const words = {
    waiting: text("files.waiting"),
    sending: text("files.sending", { percent: Math.round(file.progress * 100) }),
    sent: text("files.sent"),
    failed: text("files.failed", { reason: errorText(file.error) }),
  };
  return (
    <li className="ds-panel">
      <span>
        {file.name}
        {" · "}
        {formatBytes(file.size, language)}
      </span>
      <p role="status" className={file.state === "failed" ? "ds-error" : "ds-hint"}>
        {words[file.state]}
      </p>
      <Preview file={file} />
      <span className="ds-row">
        {(file.state === "failed" || file.state === "waiting") && (
          <button type="button" className="ds-link" onClick={() => void sendAttachments([file], anonymous)}>
            {text("files.retry", { name: file.name })}
          </button>
        )}
        <button
          type="button"
          className="ds-link"
          onClick={() => filingStore.attach((before) => before.filter((one) => one.key !== file.key))}
        >
          {text("files.remove", { name: file.name })}
        </button>
      </span>
    </li>
  );
}
