import { Alert, Button, Group, Stack } from "@mantine/core";
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { useUi } from "../provider.tsx";
import { brokenRule, type FieldErrors, type KeptRule, summarise } from "./error-summary.ts";
import { ErrorSummary } from "./error-summary-box.tsx";
import { FormContext } from "./form-context.ts";
import { awaitRefusal } from "./refusals.ts";

interface FormProps<V extends object> {
  /** What the fields hold at first; a new `key` on the form starts over. */
  readonly initial: V;
  /** Checks beyond `required` and `maxLength`, which the fields state themselves. */
  readonly validate?: ((values: V) => FieldErrors<V>) | undefined;
  readonly onSubmit: (values: V) => void | Promise<void>;
  /** Called with every change: for drafts. */
  readonly onChange?: ((values: V) => void) | undefined;
  /** The act in words: "Submit", never "OK". */
  readonly submitLabel: string;
  readonly busy?: boolean | undefined;
  /** What failed after sending, in the reader's words. */
  readonly error?: ReactNode;
  /** An error that came while the form was not on the page: it marks the fields once it is back. */
  readonly refused?: unknown;
  /** Stands beside the primary button. */
  readonly secondary?: ReactNode;
  /** Keeps the buttons at the lower edge of a phone's screen. */
  readonly sticky?: boolean | undefined;
  readonly children: ReactNode;
}

type Labels = Map<string, { readonly label: string; readonly rule: KeptRule }>;

/** One form: collects the fields inside it, checks them, and puts focus on a summary when something is missing. */
export function Form<V extends object>(props: FormProps<V>) {
  const { text, language } = useUi();
  const id = useId();
  const [values, setValues] = useState<V>(props.initial);
  const [errors, setErrors] = useState<Readonly<Record<string, string | undefined>>>({});
  const [attempt, setAttempt] = useState(0);
  const fields = useRef<Labels>(new Map());
  const summary = useRef<HTMLDivElement>(null);
  const { onChange, refused } = props;

  const set = useCallback(
    (name: string, value: unknown) => {
      setValues((before) => {
        const after = { ...before, [name]: value };
        onChange?.(after);
        return after;
      });
      setErrors((before) => (before[name] ? { ...before, [name]: undefined } : before));
    },
    [onChange],
  );
  const register = useCallback((name: string, label: string, rule: KeptRule) => {
    fields.current.set(name, { label, rule });
    return () => {
      fields.current.delete(name);
    };
  }, []);
  const context = useMemo(
    () => ({ id, values: values as Readonly<Record<string, unknown>>, errors, set, register }),
    [id, values, errors, set, register],
  );

  const lines = summarise(errors, new Map([...fields.current].map(([name, field]) => [name, field.label])));

  useEffect(() => {
    if (attempt > 0) summary.current?.focus();
  }, [attempt]);

  const mark = useCallback(
    async (error: unknown) => {
      const { markRefused } = await import("./mark-refused.ts");
      const marks = markRefused(error, [...fields.current.keys()], language);
      const [first] = Object.keys(marks);
      if (first === undefined) return;
      setErrors(marks);
      document.getElementById(`${id}-${first}`)?.focus();
    },
    [id, language],
  );
  useEffect(() => {
    if (refused) void mark(refused);
  }, [refused, mark]);

  const check = () => {
    const found: Record<string, string | undefined> = {};
    for (const [name, field] of fields.current) {
      const broken = brokenRule(context.values[name], field.rule);
      if (broken) found[name] = text(broken, { max: field.rule.maxLength ?? 0 });
    }
    return { ...found, ...props.validate?.(values) };
  };
  const send = () => {
    if (props.busy) return;
    const found = check();
    setErrors(found);
    if (Object.values(found).some(Boolean)) {
      setAttempt((before) => before + 1);
      return;
    }
    awaitRefusal((error) => void mark(error));
    void props.onSubmit(values);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    send();
  };
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <FormContext value={context}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementInteractions: Ctrl+Enter is an extra way; the button is the real one */}
      <form noValidate onSubmit={submit} onKeyDown={submitByKey}>
        <Stack gap="lg">
          {lines.length > 0 && <ErrorSummary ref={summary} lines={lines} formId={id} />}
          {props.children}
          {props.error && <SendError>{props.error}</SendError>}
          <Group className={props.sticky ? "ds-actions ds-actions-sticky" : "ds-actions"} gap="md">
            <Button type="submit" loading={props.busy ?? false} className="ds-primary">
              {props.submitLabel}
            </Button>
            {props.secondary}
          </Group>
        </Stack>
      </form>
    </FormContext>
  );
}

/** Takes focus when it appears: under a long form it would stand out of sight. */
function SendError(props: { readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <Alert ref={box} tabIndex={-1} color="red" variant="light" role="alert" className="ds-alert">
      {props.children}
    </Alert>
  );
}
