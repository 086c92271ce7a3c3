import type { IdentityRequest } from "@doorstep/contracts";
import { Button, DateField, formatInstant, TextArea } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { kernelClient } from "../../shell/rpc.ts";
import { openQueue } from "../place.ts";
import { useActKeys } from "../shared/act-key.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";

/** One request with what was said so far, and the decision where it is this person's. */
export function RequestItem(props: { readonly request: IdentityRequest; readonly onDone: (message: string) => void }) {
  const { text, language } = useDeskText();
  const { request } = props;
  const said = [
    [text("desk.identity.reason"), request.reason],
    [text("desk.identity.message"), request.message],
    [text("desk.identity.decision", { name: request.decidedBy ?? "" }), request.decision],
    [text("desk.identity.second", { name: request.secondBy ?? "" }), request.second],
  ] as const;
  return (
    <li className="ds-panel">
      <p className="ds-row">
        <strong>{text(`desk.identity.kind.${request.kind}`)}</strong>
        <span>{text(`desk.identity.state.${request.state}`)}</span>
        <DeskLink to={{ page: "case", caseNo: request.caseNo, filter: openQueue }}>{request.caseNo}</DeskLink>
      </p>
      <p className="ds-hint">
        {text("desk.identity.askedBy", { name: request.askedBy, at: formatInstant(request.askedAt, language) })}
      </p>
      <dl className="ds-summary">
        {said.map(
          ([label, words]) =>
            words && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{words}</dd>
              </div>
            ),
        )}
      </dl>
      {request.validUntil && (
        <p>{text("desk.identity.validUntil", { at: formatInstant(request.validUntil, language) })}</p>
      )}
      {request.mayDecide && <Decision request={request} onDone={props.onDone} />}
    </li>
  );
}

function Decision(props: { readonly request: IdentityRequest; readonly onDone: (message: string) => void }) {
  const { text, language } = useDeskText();
  const { request } = props;
  const [reason, setReason] = useState("");
  const [tellAfter, setTellAfter] = useState<string>();
  const keyFor = useActKeys();
  const decide = useMutation({
    mutationFn: (grant: boolean) => {
      const input = {
        caseId: request.caseId,
        requestId: request.requestId,
        grant,
        reason,
        tellAfter: tellAfter || null,
      };
      return kernelClient.vault.decide.mutate({ ...input, key: keyFor(input) });
    },
    onSuccess: (_result, grant) => props.onDone(text(grant ? "desk.identity.granted" : "desk.identity.refused")),
  });
  const tooShort = reason.trim().length < 4;
  return (
    <div>
      <TextArea
        name={`reason-${request.requestId}`}
        label={text("desk.identity.yourReason")}
        hint={text(request.kind === "relay" ? "desk.identity.relayHint" : "desk.identity.reasonHint")}
        value={reason}
        onChange={setReason}
        maxLength={300}
        rows={2}
      />
      {request.kind === "open" && request.state === "open" && (
        <DateField
          name={`tell-${request.requestId}`}
          label={text("desk.identity.tellAfter")}
          hint={text("desk.identity.tellHint")}
          value={tellAfter}
          onChange={setTellAfter}
        />
      )}
      {decide.isError && (
        <p className="ds-error" role="alert">
          {problemOf(decide.error, language).message}
        </p>
      )}
      <div className="ds-row ds-actions">
        <Button disabled={tooShort} loading={decide.isPending} onClick={() => decide.mutate(true)}>
          {text(request.kind === "relay" ? "desk.identity.passed" : "desk.identity.grant")}
        </Button>
        <Button variant="default" disabled={tooShort || decide.isPending} onClick={() => decide.mutate(false)}>
          {text("desk.identity.refuse")}
        </Button>
      </div>
    </div>
  );
}
