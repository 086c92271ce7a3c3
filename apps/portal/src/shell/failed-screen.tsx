import { FailedPage, MissingPage } from "@doorstep/ui";
import { Link, useRouter } from "@tanstack/react-router";
import { errorNumber, useErrorText } from "./error-text.ts";
import { useText } from "./i18n.ts";

/** A page of the portal that broke; drafts are safe. */
export function FailedScreen(props: { readonly error: unknown }) {
  const text = useText();
  const errorText = useErrorText();
  const router = useRouter();
  return (
    <FailedPage
      title={text("shell.failedTitle")}
      sentence={errorText(props.error)}
      note={text("shell.draftIsSafe")}
      number={errorNumber(props.error)}
      onRetry={() => void router.invalidate()}
    />
  );
}

/** An address of the portal that leads nowhere. */
export function MissingScreen() {
  const text = useText();
  return (
    <MissingPage
      title={text("shell.missingTitle")}
      sentence={text("shell.missing")}
      home={
        <Link to="/" className="ds-link">
          {text("shell.toHome")}
        </Link>
      }
    />
  );
}
