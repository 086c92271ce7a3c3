import type { Grant } from "@doorstep/contracts";
import { ConfirmDialog, TextField } from "@doorstep/ui";
import { useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { useNames } from "../names/use-names.ts";

interface RevokeDialogProps {
  readonly grant: Grant | undefined;
  readonly onClose: () => void;
}

/** Takes a role away, or refuses one that waits; asks for the reason. */
export function RevokeDialog(props: RevokeDialogProps) {
  const text = useText();
  const name = useName();
  const names = useNames();
  const [why, setWhy] = useState("");
  const [asked, setAsked] = useState(false);
  const close = () => {
    setWhy("");
    setAsked(false);
    revoke.reset();
    props.onClose();
  };
  const revoke = useAct(kernelClient.people.revoke.mutate, { done: () => close() });
  const { grant } = props;
  const line = grant ? text("people.grantLine", { role: names.role(grant.role), unit: name(grant.unitName) }) : "";
  const go = () => {
    setAsked(true);
    if (grant && why.trim()) revoke.run({ grantId: grant.id, why: why.trim() });
  };
  return (
    <ConfirmDialog
      opened={grant !== undefined}
      title={text("people.revokeTitle")}
      confirmLabel={text(grant?.pending ? "people.refuse" : "people.revoke")}
      danger
      busy={revoke.busy}
      onConfirm={go}
      onClose={close}
    >
      <p>{text("people.revokeNote", { grant: line })}</p>
      <TextField
        name="why"
        label={text("people.why")}
        value={why}
        onChange={setWhy}
        required
        error={asked && !why.trim() ? text("people.whyHint") : revoke.error}
      />
    </ConfirmDialog>
  );
}
