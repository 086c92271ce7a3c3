import { type DeskView, deskViews, type PersonPreview } from "@doorstep/contracts";
import { Form, Screen, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { placesOf } from "../app/admin-frame.tsx";
import { useText } from "../app/i18n.ts";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";

/** What a person is shown: menus, counts, and whether a case opens to him. Never what stands in it. */
export function PreviewScreen() {
  const text = useText();
  const { personId } = useParams({ from: "/people/$personId/preview" });
  const person = useQuery(kernel.people.get.queryOptions({ personId }));
  const look = useAct(kernelClient.people.preview.mutate);
  return (
    <Screen
      title={text("people.previewTitle", { name: person.data?.name ?? "" })}
      width="wide"
      error={look.error}
      before={
        <Link to="/people/$personId" params={{ personId }} className="ds-back">
          {`← ${person.data?.name ?? text("people.title")}`}
        </Link>
      }
    >
      <p>{text("people.previewIntro")}</p>
      <Form<{ readonly caseNo: string }>
        initial={{ caseNo: "" }}
        submitLabel={text("people.previewNow")}
        busy={look.busy}
        onSubmit={({ caseNo }) => look.run({ personId, caseNo: caseNo.trim() })}
      >
        <TextField
          name="caseNo"
          label={text("people.previewCase")}
          hint={text("people.previewCaseHint")}
          required={false}
          maxLength={40}
        />
      </Form>
      <div role="status">{look.result && <Shown seen={look.result} />}</div>
    </Screen>
  );
}

function Shown(props: { readonly seen: PersonPreview }) {
  const text = useText();
  const { permissions, counts, opens } = props.seen;
  const menus = [
    ...(counts ? (["queue", "mine", "approvals", "urged"] as const).map((one) => text(`people.menu.${one}`)) : []),
    ...(permissions.includes("desk.register") ? [text("people.menu.register")] : []),
    ...placesOf((permission) => permissions.includes(permission)).map((place) => text(place.label)),
  ];
  const lists = counts ? deskViews.filter((view) => counts[view] > 0) : [];
  const shown = (view: DeskView, count: number) =>
    text("people.previewCount", { view: text(`people.view.${view}`), count: count >= 100 ? "99+" : String(count) });
  return (
    <>
      {opens !== null && (
        <p className="ds-panel">
          <strong>{text(opens ? "people.previewOpens" : "people.previewClosed")}</strong>
          {!opens && ` ${text("people.previewClosedNote")}`}
        </p>
      )}
      <div className="ad-halves">
        <Lines id="menus" title={text("people.previewMenus")} lines={menus} none={text("people.previewMenusNone")} />
        <Lines
          id="lists"
          title={text("people.previewLists")}
          lines={lists.map((view) => shown(view, counts?.[view] ?? 0))}
          none={text("people.previewListsNone")}
        />
      </div>
    </>
  );
}

function Lines(props: {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly none: string;
}) {
  return (
    <section aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      {props.lines.length === 0 ? (
        <p className="ds-hint">{props.none}</p>
      ) : (
        <ul>
          {props.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
