import { noticeNames, type TextSubject, textSubjects, type UnitDetail, type UnitTextView } from "@doorstep/contracts";
import { Alert, formatDate, Select } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";
import { DraftText } from "./draft-text.tsx";
import { TextVersions } from "./text-versions.tsx";
import { UnitFont } from "./unit-font.tsx";

/** A9: the words a unit puts into its letters, and its privacy notice, in versions that two people make. */
export function TextsTab(props: { readonly unit: UnitDetail }) {
  const text = useText();
  const name = useName();
  const [subject, setSubject] = useState<TextSubject>("D14");
  const [notice, setNotice] = useState<string>();
  const { unit } = props;
  const texts = useQuery(kernel.texts.get.queryOptions({ unitId: unit.id, subject }));
  const manages = unit.manageable && !unit.validUntil;
  return (
    <>
      <p>{text("texts.intro")}</p>
      <Select
        name="subject"
        label={text("texts.subject")}
        required
        value={subject}
        options={textSubjects.map((one) => ({
          value: one,
          label: one === "privacy" ? text("texts.privacy") : `${one} ${name(noticeNames[one])}`,
        }))}
        onChange={(next) => {
          setNotice(undefined);
          setSubject(textSubjects.find((one) => one === next) ?? subject);
        }}
      />
      <div role="status">
        {notice && (
          <Alert color="teal" variant="light" className="ds-alert">
            {notice}
          </Alert>
        )}
      </div>
      <Loaded query={texts}>
        {(view) => (
          <>
            <InForce view={view} />
            <TextVersions unitId={unit.id} subject={subject} view={view} onDone={setNotice} />
            {manages && (
              <DraftText
                key={`${subject}:${view.versions[0]?.version ?? 0}`}
                unitId={unit.id}
                subject={subject}
                texts={view.inForce?.texts ?? {}}
                onDone={() => setNotice(text("texts.sent"))}
              />
            )}
          </>
        )}
      </Loaded>
      <UnitFont unitId={unit.id} manages={manages} />
    </>
  );
}

function InForce({ view }: { readonly view: UnitTextView }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const { inForce } = view;
  const says = inForce && {
    version: inForce.version,
    date: formatDate(inForce.validFrom, language),
    unit: name(inForce.unit),
  };
  return (
    <p>
      <strong>{text("texts.inForce")}</strong>
      {" · "}
      {says ? text(inForce.inherited ? "texts.inForceInherited" : "texts.inForceOwn", says) : text("texts.platform")}
    </p>
  );
}
