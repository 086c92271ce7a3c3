import type { ReactNode } from "react";
import { Screen } from "../layout/screen.tsx";
import { EmptyState } from "./empty-state.tsx";
import { ErrorState } from "./error-state.tsx";

interface FailedPageProps {
  readonly title: string;
  /** what went wrong, in the reader's language */
  readonly sentence: string;
  /** what is safe */
  readonly note: string;
  readonly number: string | undefined;
  readonly onRetry: () => void;
}

/** A page that broke: what happened, what is safe, and a way on. */
export function FailedPage(props: FailedPageProps) {
  return (
    <Screen title={props.title}>
      <ErrorState title={props.sentence} note={props.note} number={props.number} onRetry={props.onRetry} />
    </Screen>
  );
}

interface MissingPageProps {
  readonly title: string;
  readonly sentence: string;
  readonly home: ReactNode;
}

/** An address that leads nowhere. */
export function MissingPage(props: MissingPageProps) {
  return (
    <Screen title={props.title}>
      <EmptyState title={props.sentence} action={props.home} />
    </Screen>
  );
}
