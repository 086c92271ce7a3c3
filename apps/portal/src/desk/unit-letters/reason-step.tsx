import { Button, ConfirmDialog, TextArea } from "@doorstep/ui";
import { type ReactNode, useState } from "react";

interface ReasonStepProps {
  /** the words of the button, and of the one that confirms */
  readonly label: string;
  readonly title?: string;
  readonly field: { readonly name: string; readonly label: string; readonly hint?: string; readonly missing: string };
  readonly maxLength: number;
  readonly busy: boolean;
  /** why the last try failed; said in the dialog, which stays open */
  readonly problem: ReactNode;
  readonly onOpen: () => void;
  /** Rejects where it was refused. */
  readonly onConfirm: (reason: string) => Promise<unknown>;
  /** what will happen, where it has to be said */
  readonly children?: ReactNode;
}

const SHORTEST = 2;

/** A step that needs a reason: a button, and a dialog that asks for it anew each time. */
export function ReasonStep(props: ReasonStepProps) {
  const { field, label } = props;
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const isMissing = reason.trim().length < SHORTEST;
  const open = () => {
    props.onOpen();
    setReason("");
    setMissing(false);
    setAsking(true);
  };
  const confirm = async () => {
    if (isMissing) return setMissing(true);
    const done = await props.onConfirm(reason).then(
      () => true,
      () => false,
    );
    if (done) setAsking(false);
  };
  return (
    <>
      <Button variant="default" onClick={open}>
        {label}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={props.title ?? label}
        confirmLabel={label}
        busy={props.busy}
        onClose={() => setAsking(false)}
        onConfirm={() => void confirm()}
      >
        {props.children}
        <TextArea
          name={field.name}
          label={field.label}
          hint={field.hint}
          maxLength={props.maxLength}
          tone="internal"
          value={reason}
          error={missing && isMissing ? field.missing : undefined}
          onChange={setReason}
        />
        {props.problem}
      </ConfirmDialog>
    </>
  );
}
