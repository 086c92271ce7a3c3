import { useDeskText } from "../text.ts";

/** Says that old text is back, and how to be rid of it. */
export function DraftNotice(props: { readonly restored: boolean; readonly onDiscard: () => void }) {
  const { text } = useDeskText();
  if (!props.restored) return null;
  return (
    <p className="desk-draft" role="status">
      {text("desk.draft.restored")}{" "}
      <button type="button" className="ds-link" onClick={props.onDiscard}>
        {text("desk.draft.discard")}
      </button>
    </p>
  );
}
