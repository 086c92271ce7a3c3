import { Kbd, SidePanel, Stack, Switch, useShortcutSettings } from "@doorstep/ui";
import { HelpText } from "../../shell/help/help-text.tsx";
import { type DeskKey, useDeskText } from "../text.ts";

const lines: readonly { readonly keys: readonly string[]; readonly label: DeskKey }[] = [
  { keys: ["J"], label: "desk.keys.next" },
  { keys: ["K"], label: "desk.keys.previous" },
  { keys: ["Enter"], label: "desk.keys.open" },
  { keys: ["Space"], label: "desk.keys.preview" },
  { keys: ["X"], label: "desk.keys.select" },
  { keys: ["Esc"], label: "desk.keys.clear" },
  { keys: ["A"], label: "desk.keys.assign" },
  { keys: ["T"], label: "desk.keys.transfer" },
  { keys: ["R"], label: "desk.keys.reply" },
  { keys: ["E"], label: "desk.keys.extend" },
  { keys: ["N"], label: "desk.keys.register" },
  { keys: ["/"], label: "desk.keys.search" },
  { keys: ["Ctrl", "K"], label: "desk.keys.commands" },
  { keys: ["G", "Q"], label: "desk.keys.goQueue" },
  { keys: ["G", "M"], label: "desk.keys.goMine" },
  { keys: ["G", "R"], label: "desk.keys.goRegister" },
  { keys: ["G", "A"], label: "desk.keys.goApprovals" },
  { keys: ["["], label: "desk.keys.previousCase" },
  { keys: ["]"], label: "desk.keys.nextCase" },
  { keys: ["U"], label: "desk.keys.back" },
  { keys: ["?"], label: "desk.keys.help" },
  { keys: ["Ctrl", "Enter"], label: "desk.keys.submit" },
];

/** The list of keys, and the switch for those who use a speech program or type by mistake. */
export function KeysPanel(props: { readonly opened: boolean; readonly onClose: () => void }) {
  const { text } = useDeskText();
  const { singleKeys, setSingleKeys } = useShortcutSettings();
  return (
    <SidePanel opened={props.opened} title={text("desk.keys.title")} onClose={props.onClose}>
      <Stack gap="md">
        <HelpText />
        <p>{text("desk.keys.note")}</p>
        <Switch
          label={text("desk.keys.switch")}
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        <dl className="desk-keys">
          {lines.map((line) => (
            <div key={line.label}>
              <dt>
                {line.keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd>{text(line.label)}</dd>
            </div>
          ))}
        </dl>
      </Stack>
    </SidePanel>
  );
}
