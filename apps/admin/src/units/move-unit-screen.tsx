import type { UnitDetail } from "@doorstep/contracts";
import { Button, Form, Screen, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { UnitPicker } from "./unit-picker.tsx";

/** Moves a unit: first where to, then what changes, then the act. */
export function MoveUnitScreen() {
  const text = useText();
  const name = useName();
  const { unitId } = useParams({ from: "/units/$unitId/move" });
  const unit = useQuery(kernel.units.get.queryOptions({ unitId }, { staleTime: 0 }));
  const [parentId, setParentId] = useState("");
  const [shown, setShown] = useState(false);
  return (
    <Screen
      title={text("units.moveTitle", { unit: unit.data ? name(unit.data.name) : "…" })}
      before={
        <Link to="/units/$unitId" params={{ unitId }} className="ds-back">
          {`← ${text("app.back")}`}
        </Link>
      }
    >
      <Loaded query={unit}>
        {(data) => (
          <>
            <UnitPicker
              name="parent"
              label={text("units.newParent")}
              required
              except={data.id}
              value={parentId}
              onChange={(id) => {
                setParentId(id);
                setShown(false);
              }}
            />
            {!shown && (
              <div>
                <Button disabled={!parentId} onClick={() => setShown(true)}>
                  {text("units.preview")}
                </Button>
              </div>
            )}
            {shown && parentId && <Preview unit={data} parentId={parentId} />}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function Preview(props: { readonly unit: UnitDetail; readonly parentId: string }) {
  const text = useText();
  const name = useName();
  const navigate = useNavigate();
  const { unit, parentId } = props;
  const preview = useQuery(
    kernel.units.previewMove.queryOptions({ unitId: unit.id, parentId }, { staleTime: 0, gcTime: 0 }),
  );
  const modules = useQuery(kernel.modules.list.queryOptions({}));
  const titles = (ids: readonly string[]) =>
    ids
      .map((id) => modules.data?.find((module) => module.id === id)?.title)
      .flatMap((title) => (title ? [name(title)] : []))
      .join("、");
  const move = useAct(kernelClient.units.move.mutate, {
    done: () => navigate({ to: "/units/$unitId", params: { unitId: unit.id } }),
  });
  return (
    <section aria-labelledby="after">
      <h2 id="after">{text("units.previewTitle")}</h2>
      <Loaded query={preview}>
        {(change) => {
          const before = change.reviewBodyBefore ? name(change.reviewBodyBefore) : "–";
          const after = change.reviewBodyAfter ? name(change.reviewBodyAfter) : "–";
          const lines = [
            text("units.previewCases", { count: change.openCases }),
            text("units.previewPeople", { count: change.people }),
            text("units.previewUnits", { count: change.subUnits }),
            before === after
              ? text("units.previewReviewSame", { after })
              : text("units.previewReview", { before, after }),
            ...(change.modulesTurnedOn.length > 0
              ? [text("units.previewOn", { modules: titles(change.modulesTurnedOn) })]
              : []),
            ...(change.modulesTurnedOff.length > 0
              ? [text("units.previewOff", { modules: titles(change.modulesTurnedOff) })]
              : []),
            ...(change.modulesTurnedOn.length + change.modulesTurnedOff.length === 0
              ? [text("units.previewNoModules")]
              : []),
          ];
          return (
            <>
              <ul>
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
              <Form
                initial={{ why: "" }}
                submitLabel={text("units.moveNow")}
                busy={move.busy}
                error={move.error}
                onSubmit={({ why }) => move.run({ unitId: unit.id, parentId, version: unit.version, why })}
              >
                <TextField name="why" label={text("app.why")} hint={text("units.whyHint")} required maxLength={200} />
              </Form>
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
