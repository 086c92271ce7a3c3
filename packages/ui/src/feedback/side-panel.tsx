import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { useUi } from "../provider.tsx";

interface SidePanelProps {
  readonly opened: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form beside the work it belongs to: full width on a phone, at the right otherwise. */
export function SidePanel(props: SidePanelProps) {
  const { text } = useUi();
  return (
    <Drawer
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      // Inside a dialog the header is no landmark of the page.
      attributes={{ header: { role: "presentation" } }}
      closeButtonProps={{ "aria-label": text("close") }}
    >
      {props.children}
    </Drawer>
  );
}
