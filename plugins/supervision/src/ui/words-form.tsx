import { Form, TextArea } from "@doorstep/sdk/ui";
import type { ReactNode } from "react";

const MOST = 2000;

/** One field of words and the act that sends it. */
export function WordsForm(props: {
  readonly label: string;
  readonly hint?: string;
  readonly submitLabel: string;
  readonly busy: boolean;
  readonly error?: ReactNode;
  readonly children?: ReactNode;
  readonly more?: Readonly<Record<string, string>>;
  readonly onSubmit: (words: string, values: Readonly<Record<string, string>>) => void;
}) {
  return (
    <Form<Record<string, string>>
      initial={{ words: "", ...props.more }}
      submitLabel={props.submitLabel}
      busy={props.busy}
      error={props.error}
      onSubmit={(values) => props.onSubmit(values.words ?? "", values)}
    >
      {props.children}
      <TextArea name="words" label={props.label} hint={props.hint} rows={4} maxLength={MOST} required />
    </Form>
  );
}
