import type { CaseView } from "@doorstep/contracts";
import type { ReactNode } from "react";
import { AcceptForm } from "../acts/accept-form.tsx";
import { ActDrawer } from "../acts/act-drawer.tsx";
import { actOf, letterToDeliver } from "../acts/act-plan.ts";
import { DeliverForm } from "../acts/deliver-form.tsx";
import { EndForm } from "../acts/end-form.tsx";
import { HandlerForm } from "../acts/handler-form.tsx";
import { HeardForm } from "../acts/heard-form.tsx";
import { IdentityForm } from "../acts/identity-form.tsx";
import { PlainActForm } from "../acts/plain-act-form.tsx";
import { isPlainAct } from "../acts/plain-acts.ts";
import { RecusalForm } from "../acts/recusal-form.tsx";
import { ReplyForm } from "../acts/reply-form.tsx";
import { ReviewForm } from "../acts/review-form.tsx";
import { RouteForm } from "../acts/route-form.tsx";
import { DecideRecusalForm } from "../recusals/decide-recusal-form.tsx";
import { RegistrationForm } from "../register/registration-form.tsx";
import { useDeskText } from "../text.ts";
import { NotOpen } from "./not-open.tsx";
import type { OpenForm } from "./open-form.ts";

interface ActHostProps {
  readonly c: CaseView;
  readonly open: OpenForm;
  /** what is said above the form */
  readonly before?: ReactNode;
  readonly onClose: () => void;
  readonly onDone: (message: string) => void;
}

function FormOf(props: ActHostProps) {
  const { text } = useDeskText();
  const { c, open } = props;
  const { form } = open;
  const act = actOf(c.acts, form);
  const recusal = c.recusals.find((one) => one.person.id === open.personId);
  if (form === "decideRecusal")
    return (
      recusal && <DecideRecusalForm c={c} recusal={recusal} onDone={() => props.onDone(text("desk.recusals.done"))} />
    );
  const done = () => props.onDone(text(`desk.acts.done.${form}`));
  if (form === "recusal") return <RecusalForm c={c} onDone={done} />;
  if (form === "identity") return <IdentityForm c={c} onClose={props.onClose} />;
  if (form === "deliver") {
    const notice = letterToDeliver(c.notices, open.noticeId);
    return notice && act && act.refusals.length === 0 ? (
      <DeliverForm c={c} notice={notice} onDone={done} />
    ) : (
      <NotOpen c={c} form={form} />
    );
  }
  if (!act || act.refusals.length > 0) return <NotOpen c={c} form={form} />;
  if (isPlainAct(form)) return <PlainActForm key={form} c={c} act={act} form={form} onDone={done} />;
  switch (form) {
    case "register":
      return <RegistrationForm c={c} onDone={done} />;
    case "transfer":
    case "assign":
      return <RouteForm key={form} c={c} act={act} kind={form} onDone={done} />;
    case "accept":
      return <AcceptForm c={c} act={act} onDone={done} />;
    case "handler":
      return <HandlerForm c={c} onDone={done} />;
    case "reply":
      return <ReplyForm c={c} onDone={done} />;
    case "heard":
      return <HeardForm c={c} onDone={done} />;
    case "decideReview":
    case "decideRereview":
      return <ReviewForm key={form} c={c} act={act} form={form} onDone={done} />;
    case "finalise":
    case "archive":
      return <EndForm key={form} c={c} act={act} kind={form} onDone={done} />;
  }
}

/** The drawer of the act that is open. */
export function ActHost(props: ActHostProps) {
  const { text } = useDeskText();
  const { form } = props.open;
  const title = text(form === "decideRecusal" ? "desk.recusals.title" : `desk.acts.name.${form}`);
  return (
    <ActDrawer key={props.open.form} title={title} onClose={props.onClose}>
      {props.before}
      <FormOf {...props} />
    </ActDrawer>
  );
}
