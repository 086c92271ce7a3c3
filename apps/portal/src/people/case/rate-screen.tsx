import type { Rating } from "@doorstep/contracts";
import { EmptyState, ErrorState, Form, formatDate, RadioCards, Screen, Skeleton, TextArea } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useErrorText } from "../../shell/error-text.ts";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { newKey } from "../../shell/new-key.ts";
import { kernel, queryClient } from "../../shell/rpc.ts";
import { useCasePaths, useOwnCase, useOwnCaseKey } from "./use-own-case.ts";

interface Answers {
  readonly office: Rating | "";
  readonly unit: Rating | "";
  readonly attitude: Rating | "";
  readonly comment: string;
}

const grades = ["satisfied", "basically", "not"] as const;

/** P10: what the petitioner thinks of the office and of the unit; whoever is not satisfied sees the way to a review. */
export function RateScreen() {
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const own = useOwnCaseKey();
  const paths = useCasePaths();
  const found = useOwnCase();
  const [key] = useState(newKey);
  const [unhappy, setUnhappy] = useState(false);
  const rate = useMutation(
    kernel.intake.rate.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: kernel.intake.case.queryKey(own) }),
    }),
  );
  const back = (
    <Link to={paths.home} className="ds-back">
      {text("shell.back")}
    </Link>
  );
  if (found.isPending) return <Screen title={text("case.rateTitle")} hideTitle children={<Skeleton />} />;
  if (found.isError) {
    return (
      <Screen title={text("case.rateTitle")} before={back}>
        <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />
      </Screen>
    );
  }
  const { rating, review } = found.data;
  if (rate.isSuccess) {
    return (
      <Screen title={text("case.ratedTitle")} before={back}>
        <p>{text("case.rated", { date: formatDate(rating.until ?? "", language) })}</p>
        {unhappy && review.open && (
          <Link to={paths.review} className="ds-link">
            {text("case.reviewUntil", { date: formatDate(review.until ?? "", language) })}
          </Link>
        )}
      </Screen>
    );
  }
  if (!rating.open) {
    return (
      <Screen title={text("case.rateTitle")} before={back}>
        <EmptyState title={text("case.ratingClosed")} />
      </Screen>
    );
  }
  const cards = grades.map((grade) => ({ value: grade, label: text(`case.grade.${grade}`) }));
  const initial: Answers = {
    office: rating.given?.office ?? "",
    unit: rating.given?.unit ?? "",
    attitude: "",
    comment: rating.given?.comment ?? "",
  };
  return (
    <Screen title={text("case.rateTitle")} before={back}>
      <p>{text("case.ratePromise")}</p>
      <Form<Answers>
        initial={initial}
        onChange={(answers) => setUnhappy(answers.office === "not" || answers.unit === "not")}
        onSubmit={(answers) => {
          if (answers.office === "" || answers.unit === "") return;
          rate.mutate({
            ...own,
            key,
            office: answers.office,
            unit: answers.unit,
            comment: answers.comment,
            ...(answers.attitude === "" ? {} : { attitude: answers.attitude }),
          });
        }}
        submitLabel={text("case.sendRating")}
        busy={rate.isPending}
        error={rate.error ? errorText(rate.error) : undefined}
      >
        <RadioCards name="unit" label={text("case.rateUnit")} cards={cards} required />
        <RadioCards name="attitude" label={text("case.rateAttitude")} cards={cards} />
        <RadioCards name="office" label={text("case.rateOffice")} cards={cards} required />
        <TextArea
          name="comment"
          label={unhappy ? text("case.whyUnhappy") : text("case.comment")}
          required={false}
          maxLength={1000}
        />
      </Form>
      {unhappy && review.open && (
        <p>
          {text("case.unhappyReview")}{" "}
          <Link to={paths.review} className="ds-link">
            {text("case.review")}
          </Link>
        </p>
      )}
    </Screen>
  );
}
