import type { PetitionerCase } from "@doorstep/contracts";
import { EmptyState, ErrorState, Form, formatDate, RadioCards, Screen, Skeleton, TextArea } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { refusalOf, useErrorText } from "../../shell/error-text.ts";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { newKey } from "../../shell/new-key.ts";
import { kernel, queryClient } from "../../shell/rpc.ts";
import { type AttachedFile, AttachFiles } from "./attach-files.tsx";
import { useCasePaths, useOwnCase, useOwnCaseKey } from "./use-own-case.ts";

type Ground = "facts" | "basis" | "notCarriedOut" | "other";
const grounds: readonly Ground[] = ["facts", "basis", "notCarriedOut", "other"];

interface Answers {
  readonly grounds: Ground | "";
  readonly text: string;
  readonly late: string;
}

/** P11: asks the next level for a review; says who decides and until when it can be asked. */
export function ReviewScreen() {
  const text = useText();
  const errorText = useErrorText();
  const paths = useCasePaths();
  const found = useOwnCase();
  const back = (
    <Link to={paths.home} className="ds-back">
      {text("shell.back")}
    </Link>
  );
  if (found.isPending) return <Screen title={text("case.reviewTitle")} hideTitle children={<Skeleton />} />;
  const last = found.data?.review.level === "rereview";
  return (
    <Screen title={text(last ? "case.rereviewTitle" : "case.reviewTitle")} before={back}>
      {found.isError ? (
        <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />
      ) : (
        <Review matter={found.data} />
      )}
    </Screen>
  );
}

function Right(props: { readonly review: PetitionerCase["review"]; readonly late: boolean; readonly last: boolean }) {
  const { review, late, last } = props;
  const text = useText();
  const language = useLanguage();
  const date = formatDate(review.until ?? "", language);
  return (
    <div className="ds-panel">
      <p>
        {late
          ? text("case.reviewLate", { date })
          : text("case.reviewRight", { unit: review.body?.[language] ?? "", date })}
      </p>
      <p>{text("case.reviewSomebodyNew")}</p>
      {last && <p>{text("case.rereviewLast")}</p>}
    </div>
  );
}

function Review(props: { readonly matter: PetitionerCase }) {
  const { review } = props.matter;
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const own = useOwnCaseKey();
  const [key] = useState(newKey);
  const [files, setFiles] = useState<readonly AttachedFile[]>([]);
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: kernel.intake.case.queryKey(own) });
  const first = useMutation(kernel.intake.requestReview.mutationOptions({ onSuccess }));
  const again = useMutation(kernel.intake.requestRereview.mutationOptions({ onSuccess }));
  // fixed while the page is open: what was asked for changes the level the case itself stands at
  const [level] = useState(review.level);
  const ask = level === "rereview" ? again : first;
  // Late is not lost: with a good reason the right can still be used [R22:35].
  const late = review.refusal?.code === "review.lapsed" || refusalOf(ask.error)?.code === "review.lapsed";

  if (ask.data) {
    return (
      <section className="ds-panel" role="status">
        <h2>{text("case.reviewAsked")}</h2>
        <p>
          {text("case.reviewWillDecide", {
            unit: ask.data.reviewBody[language],
            date: formatDate(ask.data.decideBy, language),
          })}
        </p>
      </section>
    );
  }
  // Other refusals speak of inner states; that there is nothing to review yet is all a petitioner needs to know.
  const refused = review.refusal?.code.startsWith("review.") ? review.refusal : undefined;
  if (!review.open && !late) {
    return (
      <EmptyState
        title={refused ? errorText({ data: refused }) : text("case.noReview")}
        action={
          <Link to="/file" className="ds-link">
            {text("case.newMatter")}
          </Link>
        }
      />
    );
  }
  return (
    <>
      <Right review={review} late={late} last={level === "rereview"} />
      <Form<Answers>
        initial={{ grounds: "", text: "", late: "" }}
        onSubmit={(answers) => {
          if (answers.grounds === "") return;
          ask.mutate({
            ...own,
            key,
            grounds: answers.grounds,
            text: answers.text,
            fileIds: files.flatMap((file) => (file.id ? [file.id] : [])),
            ...(late ? { lateBecause: answers.late } : {}),
          });
        }}
        submitLabel={text("case.askReview")}
        busy={ask.isPending || files.some((file) => file.state === "sending")}
        error={ask.error ? errorText(ask.error) : undefined}
      >
        <RadioCards
          name="grounds"
          label={text("case.reviewWhy")}
          required
          cards={grounds.map((ground) => ({
            value: ground,
            label: text(`case.ground.${ground}`),
            note: text(`case.groundNote.${ground}`),
          }))}
        />
        <TextArea name="text" label={text("case.reviewText")} required maxLength={5000} rows={6} />
        {late && <TextArea name="late" label={text("case.lateBecause")} required maxLength={500} />}
        <AttachFiles cleaned files={files} onChange={setFiles} />
      </Form>
    </>
  );
}
