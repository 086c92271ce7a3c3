import { formatInstant, Tile, usePage, usePlugin } from "@doorstep/sdk/ui";
import { furthestStep } from "../filing/answers.ts";
import { filingStore, useFiling } from "../filing/use-filing.ts";
import { plugin } from "../plugin.ts";
import { useText } from "./use-text.ts";

/** A draft that waits on this device: go on with it, or delete it. Shows nothing without one. */
export function ResumeTile() {
  const text = useText();
  const { go } = usePage();
  const { filing } = useFiling();
  const { language } = usePlugin(plugin);
  if (filing.savedAt === null || (filing.answers.purpose === "" && filing.answers.story === "")) return null;
  const step = furthestStep(filing.answers);
  return (
    <>
      <Tile
        title={text("resume", { date: formatInstant(filing.savedAt, language) })}
        note={text("resumeNote")}
        href={`/p/${plugin.id}/${step}`}
        onNavigate={() => go(`/${step}`)}
      />
      <button type="button" className="ds-link" onClick={() => void filingStore.clear()}>
        {text("discard")}
      </button>
    </>
  );
}
