import type { SavedView } from "@doorstep/contracts";
import { Button, ErrorState, Form, TextField } from "@doorstep/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { useDesk } from "../desk-context.ts";
import type { QueueFilter } from "../place.ts";
import { problemOf } from "../shared/problem.ts";
import { UnitPicker } from "../shared/unit-picker.tsx";
import { useDeskText } from "../text.ts";
import { definitionOf } from "./view-of.ts";

/** Keeps what the list shows under a name, and what was kept before: replaced, shared, removed. */
export function SavedViews(props: { readonly filter: QueueFilter }) {
  const { text, language } = useDeskText();
  const queries = useQueryClient();
  const [round, setRound] = useState(0);
  const saved = useQuery(kernel.views.list.queryOptions({}));
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => setRound((before) => before + 1),
    onSettled: () => queries.invalidateQueries({ queryKey: kernel.views.list.queryKey() }),
  });
  const definition = definitionOf(props.filter);
  const problem = act.error ?? saved.error;
  return (
    <section aria-labelledby="desk-own-views">
      <h3 id="desk-own-views">{text("desk.queue.saved")}</h3>
      <p role="status">{act.isSuccess && text("desk.queue.savedDone")}</p>
      {problem && <ErrorState title={problemOf(problem, language).message} onRetry={() => void saved.refetch()} />}
      <Form
        key={round}
        initial={{ name: "" }}
        submitLabel={text("desk.queue.save")}
        busy={act.isPending}
        onSubmit={({ name }) => act.mutate(() => kernelClient.views.save.mutate({ name, definition }))}
      >
        <TextField
          name="name"
          label={text("desk.queue.saveName")}
          hint={text("desk.queue.saveHint")}
          required
          maxLength={60}
        />
      </Form>
      <ul className="ds-list">
        {(saved.data ?? []).map((view) => (
          <SavedViewItem
            key={view.id}
            view={view}
            busy={act.isPending}
            onReplace={() =>
              act.mutate(() => kernelClient.views.save.mutate({ id: view.id, name: view.name, definition }))
            }
            onRemove={() => act.mutate(() => kernelClient.views.remove.mutate({ id: view.id }))}
            onShare={(unitId) => act.mutate(() => kernelClient.views.share.mutate({ id: view.id, unitId }))}
          />
        ))}
      </ul>
    </section>
  );
}

interface SavedViewItemProps {
  readonly view: SavedView;
  readonly busy: boolean;
  readonly onReplace: () => void;
  readonly onRemove: () => void;
  readonly onShare: (unitId: string | null) => void;
}

function SavedViewItem({ view, busy, onReplace, onRemove, onShare }: SavedViewItemProps) {
  const { text, language } = useDeskText();
  const { me } = useDesk();
  const [choosing, setChoosing] = useState(false);
  const { name } = view;
  const mayShare = view.own && !view.unit && me.grants.some((grant) => grant.role === "officer" && grant.subtree);
  return (
    <li>
      <p>{view.own ? name : text("desk.queue.savedBy", { name, by: view.by })}</p>
      {view.unit && <p className="ds-hint">{text("desk.queue.sharedWith", { unit: view.unit.name[language] })}</p>}
      <div className="ds-row">
        {view.own && (
          <>
            <Button variant="default" disabled={busy} onClick={onReplace}>
              {text("desk.queue.replace", { name })}
            </Button>
            <Button variant="default" disabled={busy} onClick={onRemove}>
              {text("desk.queue.remove", { name })}
            </Button>
          </>
        )}
        {mayShare && (
          <Button variant="default" aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
            {text("desk.queue.share", { name })}
          </Button>
        )}
        {view.mayUnshare && (
          <Button variant="default" disabled={busy} onClick={() => onShare(null)}>
            {text("desk.queue.unshare", { name })}
          </Button>
        )}
      </div>
      {mayShare && choosing && (
        <UnitPicker
          label={text("desk.queue.shareWith")}
          value={undefined}
          onChange={(unit) => unit && onShare(unit.id)}
        />
      )}
    </li>
  );
}
