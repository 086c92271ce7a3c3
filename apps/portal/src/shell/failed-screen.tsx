import { EmptyState, ErrorState, Screen } from "@doorstep/ui";
import { Link, useRouter } from "@tanstack/react-router";
import { errorNumber, useErrorText } from "./error-text.ts";
import { useText } from "./i18n.ts";

/** A page that broke: what is safe, and a way on. */
export function FailedScreen(props: { readonly error: unknown }) {
  const text = useText();
  const errorText = useErrorText();
  const router = useRouter();
  return (
    <Screen title={text("shell.failedTitle")}>
      <ErrorState
        title={errorText(props.error)}
        note={text("shell.draftIsSafe")}
        number={errorNumber(props.error)}
        onRetry={() => void router.invalidate()}
      />
    </Screen>
  );
}

/** An address that leads nowhere. */
export function MissingScreen() {
  const text = useText();
  return (
    <Screen title={text("shell.missingTitle")}>
      <EmptyState
        title={text("shell.missing")}
        action={
          <Link to="/" className="ds-link">
            {text("shell.toHome")}
          </Link>
        }
      />
    </Screen>
  );
}
