import type { MovePreview } from "@doorstep/contracts";
import { Form, formatDate, Screen, TextField, Tick } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";

/** Moves running cases to a newer version of the rules: looked at first, then portion by portion. */
export function MovePackScreen() {
  const text = useText();
  const name = useName();
  const { unitId, to } = useParams({ from: "/policies/$unitId/move/$to" });
  const packs = useQuery(kernel.packs.list.queryOptions({}));
  const preview = useQuery(kernel.packs.previewMove.queryOptions({ unitId, to }, { staleTime: 0, gcTime: 0 }));
  const [left, setLeft] = useState<number>();
  const [version = "", pack] = [to.split("@")[1], packs.data?.find((p) => `${p.id}@${p.version}` === to)];
  const move = useAct(
    (v: { reason: string; mayEndPast: boolean; cases: number }) => moveAll({ unitId, to, ...v }, setLeft),
    {
      done: () => setLeft(undefined),
    },
  );
  return (
    <Screen
      title={text("policies.moveTitle")}
      width="wide"
      notice={move.result && text("policies.moved", { count: move.result.moved })}
      before={
        <Link to="/policies" search={{ unit: unitId }} className="ds-back">
          {`← ${text("policies.title")}`}
        </Link>
      }
    >
      <p>{text("policies.moveIntro")}</p>
      {pack && <p className="ad-strong">{text("policies.moveTo", { pack: name(pack.title), version })}</p>}
      {move.result && move.result.refused > 0 && <p>{text("policies.moveRefused", { count: move.result.refused })}</p>}
      <Loaded query={preview}>
        {(data) => (
          <>
            <Changes preview={data} />
            {data.cases > 0 && (
              <Form
                initial={{ reason: "", mayEndPast: false }}
                submitLabel={text("policies.moveNow")}
                busy={move.busy}
                error={move.error}
                onSubmit={(v) => move.run({ ...v, cases: data.cases })}
              >
                {data.past > 0 && <Tick name="mayEndPast" label={text("policies.mayEndPast")} />}
                <TextField name="reason" label={text("policies.reason")} required maxLength={500} />
                <p role="status">{left === undefined ? "" : text("policies.moving", { count: left })}</p>
              </Form>
            )}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

type Moving = Parameters<typeof kernelClient.packs.move.mutate>[0];

/** Portion after portion until nothing is left, or until one moves nothing any more. */
async function moveAll(wanted: Moving, onLeft: (left: number) => void): Promise<{ moved: number; refused: number }> {
  let moved = 0;
  for (let cases = wanted.cases; ; ) {
    const portion = await kernelClient.packs.move.mutate({ ...wanted, cases });
    moved += portion.moved;
    if (portion.left === 0 || portion.moved === 0) return { moved, refused: portion.left };
    cases = portion.left;
    onLeft(portion.left);
  }
}

function Changes(props: { readonly preview: MovePreview }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const { cases, clocks, more, past } = props.preview;
  if (cases === 0) return <p>{text("policies.moveNone")}</p>;
  return (
    <>
      <p>{text("policies.moveCases", { count: cases })}</p>
      <ul>
        {clocks.map((c) => (
          <li key={`${c.code}.${c.from}.${c.to}.${c.kept}`}>
            {text("policies.moveLine", {
              clock: `${c.code} ${name(c.name)}`,
              from: formatDate(c.from, language),
              to: c.kept ? text("policies.moveKept") : formatDate(c.to, language),
              count: c.count,
            })}
          </li>
        ))}
      </ul>
      {more > 0 && <p>{text("policies.moveMore", { count: more })}</p>}
      {past > 0 && <p>{text("policies.movePast", { count: past })}</p>}
    </>
  );
}
