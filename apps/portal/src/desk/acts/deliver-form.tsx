import { type CaseView, deliveryMethods } from "@doorstep/contracts";
import { DateField, RadioCards, TextField } from "@doorstep/ui";
import { kernelClient } from "../../shell/rpc.ts";
import { LetterPreview } from "../letters/letter-preview.tsx";
import { WhoSees } from "../shared/who-sees.tsx";
import { nameOf, useDeskText } from "../text.ts";
import { ActForm } from "./act-form.tsx";

type Notice = CaseView["notices"][number];

interface DeliverFormProps {
  readonly c: CaseView;
  readonly notice: Notice;
  readonly onDone: () => void;
}

interface DeliverValues {
  method: (typeof deliveryMethods)[number] | "";
  receivedOn: string;
  proof: string;
}

/** Hands a sealed letter over. Its date of receipt starts the petitioner's time for review, so it is asked for twice. */
export function DeliverForm(props: DeliverFormProps) {
  const { text, language } = useDeskText();
  const { c, notice } = props;
  const onPaper = (v: DeliverValues) => v.method === "hand" || v.method === "post";
  return (
    <ActForm<DeliverValues>
      c={c}
      name={`deliver:${notice.id}`}
      initial={{ method: "", receivedOn: "", proof: "" }}
      validate={(v) => ({
        receivedOn: v.method === "hand" && v.receivedOn === "" ? text("desk.acts.receivedOnMissing") : undefined,
        proof: onPaper(v) && v.proof.trim() === "" ? text("desk.acts.proofMissing") : undefined,
      })}
      submitLabel={text("desk.acts.do.deliver", { letter: notice.name[language] })}
      send={(v, on) =>
        kernelClient.notices.deliver.mutate({
          ...on,
          noticeId: notice.id,
          method: v.method === "" ? "portal" : v.method,
          receivedOn: onPaper(v) && v.receivedOn !== "" ? v.receivedOn : null,
          proof: onPaper(v) ? v.proof : "",
        })
      }
      onDone={props.onDone}
      review={{
        consequence: <p>{text("desk.acts.deliverEffect", { letter: notice.name[language] })}</p>,
        lines: (v) => [
          { label: text("desk.acts.letter"), value: notice.name[language] },
          { label: text("desk.acts.method"), value: v.method === "" ? "" : nameOf(text, "method", v.method) },
          { label: text("desk.acts.receivedOn"), value: onPaper(v) ? v.receivedOn : "" },
          { label: text("desk.acts.proof"), value: onPaper(v) ? v.proof : "" },
        ],
        extra: <LetterPreview caseId={c.caseId} noticeId={notice.id} />,
      }}
    >
      {(v) => (
        <>
          <RadioCards
            name="method"
            label={text("desk.acts.method")}
            required
            cards={deliveryMethods.map((value) => ({
              value,
              label: nameOf(text, "method", value),
              note: nameOf(text, "acts.methodNote", value),
            }))}
          />
          {onPaper(v) && (
            <>
              <DateField
                name="receivedOn"
                label={text("desk.acts.receivedOn")}
                hint={text(v.method === "post" ? "desk.acts.receivedOnPost" : "desk.acts.receivedOnHint")}
              />
              <TextField
                name="proof"
                label={text("desk.acts.proof")}
                hint={text("desk.acts.proofHint")}
                maxLength={200}
              />
              <WhoSees who="handling" />
            </>
          )}
        </>
      )}
    </ActForm>
  );
}
