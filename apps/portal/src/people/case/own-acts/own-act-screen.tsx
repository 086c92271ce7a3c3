import type { PetitionerCase } from "@doorstep/contracts";
import {
  DateField,
  EmptyState,
  ErrorState,
  Form,
  RadioCards,
  Screen,
  Skeleton,
  TextArea,
  TextField,
  Tick,
} from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useErrorText } from "../../../shell/error-text.ts";
import { useText } from "../../../shell/i18n.ts";
import { newKey } from "../../../shell/new-key.ts";
import { kernel, queryClient } from "../../../shell/rpc.ts";
import { type AttachedFile, AttachFiles } from "../attach-files.tsx";
import { useCasePaths, useOwnCase, useOwnCaseKey } from "../use-own-case.ts";
import { isOwnAct, type OwnAct, type OwnActName, type OwnField, type OwnValues, ownActs } from "./own-acts.ts";
import { useOwnWords } from "./own-words.ts";

/** One act of the petitioner on a page of its own: what it means, the form, what happened. */
export function OwnActScreen() {
  const words = useOwnWords();
  const text = useText();
  const errorText = useErrorText();
  const paths = useCasePaths();
  const found = useOwnCase();
  const { act = "" } = useParams({ strict: false });
  const back = (
    <Link to={paths.home} className="ds-back">
      {text("shell.back")}
    </Link>
  );
  const title = words(`${act}.title`) ?? text("case.title");
  if (found.isPending) return <Screen title={title} hideTitle children={<Skeleton />} />;
  return (
    <Screen title={title} before={back}>
      {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
      {found.data && (isOwnAct(act) ? <Act matter={found.data} name={act} /> : <NotNow />)}
    </Screen>
  );
}

function NotNow(props: { readonly why?: string | undefined }) {
  const words = useOwnWords();
  return <EmptyState title={props.why ?? words("notNow") ?? ""} />;
}

function Act(props: { readonly matter: PetitionerCase; readonly name: OwnActName }) {
  const { matter, name } = props;
  const words = useOwnWords();
  const errorText = useErrorText();
  const own = useOwnCaseKey();
  const act: OwnAct = ownActs[name];
  const [key] = useState(newKey);
  const [files, setFiles] = useState<readonly AttachedFile[]>([]);
  const send = useMutation({
    mutationFn: (values: OwnValues) =>
      act.send(
        values,
        { ...own, key },
        matter,
        files.flatMap((file) => (file.id ? [file.id] : [])),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: kernel.intake.case.queryKey(own) }),
  });
  const refused = matter.acts.find((a) => a.act === name)?.refusals;

  if (send.isSuccess)
    return (
      <section className="ds-panel" role="status">
        <h2>{words(`${name}.done`)}</h2>
        {act.code && <p className="ds-mono">{act.code(send.data)}</p>}
      </section>
    );
  if (refused === undefined || refused.length > 0) {
    const [first] = refused ?? [];
    return <NotNow why={first && errorText({ data: first })} />;
  }
  return (
    <>
      <div className="ds-panel">
        <p>{words(`${name}.about`)}</p>
      </div>
      <Form<OwnValues>
        initial={Object.fromEntries(act.fields.map((f) => [f.name, f.kind === "tick" ? false : ""]))}
        onSubmit={(values) => send.mutate(values)}
        submitLabel={words(`${name}.send`) ?? ""}
        busy={send.isPending || files.some((file) => file.state === "sending")}
        error={send.error ? errorText(send.error) : undefined}
      >
        {act.fields.map((field) =>
          field.kind === "files" ? (
            <AttachFiles cleaned key={field.name} files={files} onChange={setFiles} />
          ) : (
            <Field key={field.name} matter={matter} act={name} field={field} />
          ),
        )}
      </Form>
    </>
  );
}

interface FieldProps {
  readonly matter: PetitionerCase;
  readonly act: OwnActName;
  readonly field: Exclude<OwnField, { kind: "files" }>;
}

function Field(props: FieldProps) {
  const { act, field } = props;
  const words = useOwnWords();
  const shared = {
    name: field.name,
    label: words(`${act}.field.${field.name}`) ?? field.name,
    required: field.required !== false,
  };
  const hint = words(`${act}.hint.${field.name}`);
  switch (field.kind) {
    case "text":
      return <TextArea {...shared} hint={hint} maxLength={field.max} rows={5} />;
    case "line":
      return <TextField {...shared} hint={hint} maxLength={field.max} />;
    case "date":
      return <DateField {...shared} hint={hint} />;
    case "tick":
      return <Tick {...shared} />;
    case "pick":
      return <RadioCards {...shared} cards={[...field.of(props.matter, (key) => words(key) ?? "")]} />;
    case "choice":
      return (
        <RadioCards
          {...shared}
          cards={field.options.map((option) => ({
            value: option,
            label: words(`${act}.choice.${option}`) ?? option,
            note: words(`${act}.note.${option}`) ?? "",
          }))}
        />
      );
  }
}
