import type { SupervisionItem } from "@doorstep/contracts";
import { Button, formatDate, TextArea } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { newKey } from "../../shell/new-key.ts";
import { kernelClient } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";

/** A missed period with its letter; the unit that is late answers here, the unit above closes. */
export function UrgedItem(props: { readonly item: SupervisionItem; readonly onDone: (message: string) => void }) {
  const { text, language } = useDeskText();
  const { item } = props;
  const [typed, setTyped] = useState("");
  const [key, setKey] = useState(newKey);
  const send = useMutation({
    mutationFn: () =>
      item.mayAnswer
        ? kernelClient.supervision.answer.mutate({ itemId: item.itemId, key, answer: typed })
        : kernelClient.supervision.close.mutate({ itemId: item.itemId, key, result: typed }),
    onSuccess: () => props.onDone(text(item.mayAnswer ? "desk.urged.answered" : "desk.urged.closed")),
  });
  const part = item.mayAnswer ? "answer" : "result";
  return (
    <li className="ds-panel">
      <p>
        <strong>{text(`desk.urged.${item.kind}`)}</strong> {item.step > 1 && text("desk.urged.step", { n: item.step })}{" "}
        ·{" "}
        <DeskLink to={{ page: "case", caseNo: item.caseNo, filter: openQueue }} className="ds-link">
          {item.caseNo}
        </DeskLink>
      </p>
      <p>
        {text("desk.urged.late", { period: item.period[language], date: formatDate(item.lateSince, language) })}
        {item.dueOn && ` · ${text("desk.urged.answerBy", { date: formatDate(item.dueOn, language) })}`}
      </p>
      <p className="ds-hint">
        {text("desk.urged.to", { unit: item.toUnit.name[language] })}
        {item.byUnit && ` · ${text("desk.urged.by", { unit: item.byUnit.name[language] })}`}
      </p>
      {item.noticeId && (
        <DeskLink to={{ page: "letter", noticeId: item.noticeId, caseId: item.caseId }} className="ds-link">
          {text("desk.urged.letter")}
        </DeskLink>
      )}
      {item.answer && (
        <>
          <h2>{text("desk.urged.answer")}</h2>
          <p className="ds-text">{item.answer}</p>
        </>
      )}
      {(item.mayAnswer || item.mayClose) && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate();
          }}
        >
          <TextArea
            name={`${part}-${item.itemId}`}
            label={text(`desk.urged.${part}`)}
            hint={text(`desk.urged.${part}Hint`)}
            required
            maxLength={item.mayAnswer ? 5_000 : 2_000}
            tone="internal"
            value={typed}
            onChange={(value) => {
              setTyped(value);
              // what was changed is another answer
              setKey(newKey());
            }}
          />
          {send.isError && <FailedState error={send.error} onRetry={() => send.mutate()} />}
          <Button type="submit" disabled={send.isPending || typed.trim().length < (item.mayAnswer ? 10 : 1)}>
            {text(item.mayAnswer ? "desk.urged.doAnswer" : "desk.urged.doClose")}
          </Button>
        </form>
      )}
    </li>
  );
}
