import type { CaseView } from "@doorstep/contracts";
import { Tabs, useMediaQuery } from "@doorstep/ui";
import { type ReactNode, useState } from "react";
import { isActOpen } from "../acts/act-plan.ts";
import { type DeskText, useDeskText } from "../text.ts";
import { CaseTabMount, useCaseTabs } from "./case-tab-mount.tsx";
import { FileList } from "./file-list.tsx";
import { LettersTab } from "./letters-tab.tsx";
import { MatterTab } from "./matter-tab.tsx";
import { NoteBox } from "./note-box.tsx";
import { useTabInView } from "./tab-in-view.ts";
import { ThreadTab } from "./thread-tab.tsx";
import { TimelineTab } from "./timeline-tab.tsx";

interface Tab {
  readonly key: string;
  readonly label: string;
  readonly panel: ReactNode;
}

interface CaseTabsProps {
  readonly c: CaseView;
  readonly onDeliver: (noticeId: string) => void;
  readonly onNoted: () => void;
  /** on a phone the side columns are tabs, too */
  readonly before?: readonly Tab[];
  readonly onPrint: (covered: CaseView) => void;
}

const counted = (text: DeskText, label: string, count: number): string =>
  count > 0 ? text("desk.case.tabCount", { label, count }) : label;

/** The middle of a case: the matter, what happened, the conversation, files, letters, and what modules add. */
export function CaseTabs(props: CaseTabsProps) {
  const { text, language } = useDeskText();
  const { c } = props;
  const added = useCaseTabs(c);
  const narrow = useMediaQuery("(max-width: 47.99em)", undefined, { getInitialValueInEffect: false });
  const [tab, setTab] = useState("matter");
  const note = isActOpen(c.acts, "write") && <NoteBox c={c} onDone={props.onNoted} />;
  const tabs: readonly Tab[] = [
    { key: "matter", label: text("desk.case.matter"), panel: <MatterTab c={c} onPrint={props.onPrint} /> },
    ...(narrow ? (props.before ?? []) : []),
    {
      key: "timeline",
      label: text("desk.case.timeline"),
      panel: (
        <>
          <TimelineTab caseId={c.caseId} />
          {note}
        </>
      ),
    },
    {
      key: "thread",
      label: counted(text, text("desk.case.thread"), c.thread.length),
      panel: (
        <>
          <ThreadTab c={c} />
          {note}
        </>
      ),
    },
    {
      key: "files",
      label: counted(text, text("desk.case.files"), c.files.length),
      panel: c.files.length > 0 ? <FileList files={c.files} /> : <p>{text("desk.case.noFiles")}</p>,
    },
    {
      key: "letters",
      label: counted(text, text("desk.case.letters"), c.notices.length),
      panel: <LettersTab c={c} onDeliver={props.onDeliver} />,
    },
    ...added.map((one) => ({
      key: `${one.pluginId}/${one.key}`,
      label: one.value.title[language],
      panel: <CaseTabMount tab={one} caseId={c.caseId} />,
    })),
  ];
  const shown = tabs.some((one) => one.key === tab) ? tab : "matter";
  const row = useTabInView([shown, ...tabs.map((one) => one.label)].join(" "));
  return (
    <Tabs value={shown} onChange={(value) => setTab(value ?? "matter")} keepMounted={false} className="desk-tabs">
      <Tabs.List ref={row} aria-label={text("desk.case.tabs")} className="ds-no-print">
        {tabs.map((one) => (
          <Tabs.Tab key={one.key} value={one.key}>
            {one.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((one) => (
        <Tabs.Panel key={one.key} value={one.key} tabIndex={0}>
          {one.panel}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
