import { formatInstant, Tile, usePage, usePlugin } from "@doorstep/sdk/ui";
import { useState } from "react";
import { furthestStep } from "../filing/answers.ts";
import { useFiling } from "../filing/use-filing.ts";
import { plugin } from "../plugin.ts";
import { readReceipt } from "../receipt/receipt-store.ts";
import { DeleteDraft } from "./question-page.tsx";
import { useSubmit } from "./use-submit.ts";
import { useText } from "./use-text.ts";

/**
 * A draft that waits on this device: go on with it, or delete it. One that could not be sent without a network is sent here as
 * soon as there is one, and then leads to its code. Shows nothing without a draft.
 */
export function ResumeTile() {
  const { filing } = useFiling();
  if (filing.waiting !== null) return <Waiting />;
  if (filing.savedAt === null || (filing.answers.purpose === "" && filing.answers.story === "")) return null;
  return <Draft savedAt={filing.savedAt} />;
}

function Draft(props: { readonly savedAt: string }) {
  const text = useText();
  const { go } = usePage();
  const { filing } = useFiling();
  const { language } = usePlugin(plugin);
  const step = furthestStep(filing.answers);
  return (
    <>
      <Tile
        title={text("resume", { date: formatInstant(props.savedAt, language) })}
        note={text("resumeNote")}
        href={`/p/${plugin.id}/${step}`}
        onNavigate={() => go(`/${step}`)}
      />
      <DeleteDraft />
    </>
  );
}

function Waiting() {
  const text = useText();
  const { go } = usePage();
  const { filing } = useFiling();
  const [sent, setSent] = useState(() => readReceipt(sessionStorage)?.key === filing.key);
  return sent ? (
    <Tile
      primary
      title={text("waiting.sent")}
      note={text("waiting.sentNote")}
      href={`/p/${plugin.id}/done`}
      onNavigate={() => go("/done")}
    />
  ) : (
    <Sending onSent={() => setSent(true)} />
  );
}

function Sending(props: { readonly onSent: () => void }) {
  const text = useText();
  const { go } = usePage();
  const { busy, failure } = useSubmit(props.onSent);
  const note = busy ? text("check.sending") : text(failure ? "waiting.refused" : "waiting.note");
  return (
    <>
      <Tile title={text("waiting.title")} note={note} href={`/p/${plugin.id}/6`} onNavigate={() => go("/6")} />
      <DeleteDraft />
    </>
  );
}
