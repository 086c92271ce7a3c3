import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useUi } from "../provider.tsx";

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** What will happen, in words. */
  readonly children: ReactNode;
  /** The act: "Deliver the letter". */
  readonly confirmLabel: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks once more before what cannot be taken back, and names the consequence. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { text } = useUi();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      centered
      // Inside a dialog the header is no landmark of the page.
      attributes={{ header: { role: "presentation" } }}
      closeButtonProps={{ "aria-label": text("close") }}
    >
      <Stack gap="lg">
        <div>{props.children}</div>
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {text("cancel")}
          </Button>
          <Button color={props.danger ? "red.9" : "indigo"} loading={props.busy ?? false} onClick={props.onConfirm}>
            {props.confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
