import { Button, useMediaQuery } from "@doorstep/ui";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useDeskText } from "../text.ts";

interface ActDrawerProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A form beside the case. On wide screens the petition stays readable and usable next to it; on narrow ones it takes
 * the screen and keeps focus inside, which the browser's own dialog does by itself.
 */
export function ActDrawer(props: ActDrawerProps) {
  const { text } = useDeskText();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const headingId = useId();
  const beside = useMediaQuery("(min-width: 75em)", undefined, { getInitialValueInEffect: false });
  const { onClose } = props;

  useEffect(() => {
    const opener = document.activeElement;
    const shown = dialog.current;
    if (!shown) return;
    shown.close();
    if (beside) shown.show();
    else shown.showModal();
    heading.current?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, [beside]);

  return (
    <dialog
      ref={dialog}
      className="desk-drawer"
      aria-labelledby={headingId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="desk-drawer-head">
        <h2 id={headingId} ref={heading} tabIndex={-1}>
          {props.title}
        </h2>
        <Button variant="subtle" onClick={onClose}>
          {text("desk.close")}
        </Button>
      </div>
      <div className="desk-drawer-body">{props.children}</div>
    </dialog>
  );
}
