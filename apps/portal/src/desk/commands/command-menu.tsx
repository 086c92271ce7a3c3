import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useDesk } from "../desk-context.ts";
import { useDeskText } from "../text.ts";
import { type Command, caseNoIn, findCommands, nextPlace } from "./find-commands.ts";
import { useCommands } from "./use-commands.ts";

/** Ctrl+K: a case by its number, a view, a lawful act of the open case, or a search. */
export function CommandMenu(props: { readonly onClose: () => void }) {
  const { text } = useDeskText();
  const { go } = useDesk();
  const { onClose } = props;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const known = useCommands();
  const no = caseNoIn(words);
  const typed = words.trim();
  const commands: readonly Command[] = [
    ...(no
      ? [
          {
            key: "case",
            label: text("desk.commands.case", { no }),
            run: () => go({ page: "case", caseNo: no, filter: { view: "open" } }),
          },
        ]
      : []),
    ...findCommands(known, words),
    ...(typed !== "" && !no
      ? [
          {
            key: "search",
            label: text("desk.commands.search", { words: typed }),
            run: () => go({ page: "queue", filter: { view: "open", q: typed.slice(0, 100) } }),
          },
        ]
      : []),
  ];
  const chosen = commands[Math.min(at, commands.length - 1)];

  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  useEffect(() => {
    if (chosen) document.getElementById(`${id}-${chosen.key}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen, id]);

  const run = (command: Command) => {
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    // What an input method is composing belongs to it, Enter and the arrows above all.
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((before) =>
        nextPlace(Math.min(before, commands.length - 1), event.key === "ArrowDown" ? 1 : -1, commands.length),
      );
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      run(chosen);
    }
  };

  return (
    <dialog
      ref={dialog}
      className="desk-commands"
      aria-label={text("desk.commands.title")}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      onKeyDown={(event) => {
        // The keys of the desk stay quiet below.
        event.stopPropagation();
        if (event.key === "Escape" && !event.nativeEvent.isComposing) onClose();
      }}
    >
      <label htmlFor={`${id}-field`}>{text("desk.commands.field")}</label>
      <input
        id={`${id}-field`}
        className="desk-input"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={chosen ? `${id}-${chosen.key}` : undefined}
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <p id={`${id}-hint`} className="ds-hint">
        {text("desk.commands.hint")}
      </p>
      <p role="status" className="ds-hidden">
        {commands.length > 0 ? text("desk.commands.count", { count: commands.length }) : text("desk.commands.none")}
      </p>
      <div id={`${id}-list`} role="listbox" aria-label={text("desk.commands.title")} className="desk-commands-list">
        {commands.map((command) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the field, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
          <div
            key={command.key}
            id={`${id}-${command.key}`}
            role="option"
            aria-selected={command === chosen}
            className="desk-command"
            onClick={() => run(command)}
          >
            {command.label}
          </div>
        ))}
      </div>
    </dialog>
  );
}
