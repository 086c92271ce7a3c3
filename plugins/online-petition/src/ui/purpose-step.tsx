import { Form, RadioCards, Tick, usePage, usePlugin } from "@doorstep/sdk/ui";
import { type Purpose, purposes } from "../filing/answers.ts";
import { filingStore, useFiling } from "../filing/use-filing.ts";
import { plugin } from "../plugin.ts";
import { QuestionPage } from "./question-page.tsx";
import { useText } from "./use-text.ts";

/** Step 1: is somebody in danger, what is wanted, and whether the device is somebody else's too. */
export function PurposeStep() {
  const text = useText();
  const { go } = usePage();
  const { filing } = useFiling();
  const { purpose, danger, sharedDevice } = filing.answers;
  return (
    <QuestionPage step={1} title={text("purpose.title")}>
      <p>
        <button type="button" className="ds-link" onClick={() => go("/before")}>
          {text("purpose.before")}
        </button>
      </p>
      <Form<{ purpose: Purpose | ""; danger: boolean; sharedDevice: boolean }>
        initial={{ purpose, danger, sharedDevice }}
        validate={(values) => (values.purpose === "" ? { purpose: text("purpose.choose") } : {})}
        onChange={(values) => filingStore.answer(values)}
        onSubmit={(values) => go(values.purpose === "accuse" ? "/accuse" : "/2")}
        submitLabel={text("next")}
        sticky
      >
        <Tick name="danger" label={text("purpose.dangerTick")} />
        {danger && <DangerPanel />}
        <RadioCards
          name="purpose"
          label={text("purpose.title")}
          hideLegend
          cards={purposes.map((value) => ({
            value,
            label: text(`purpose.${value}`),
            note: text(`purpose.${value}Note`),
          }))}
        />
        <Tick name="sharedDevice" label={text("purpose.shared")} />
      </Form>
    </QuestionPage>
  );
}

function DangerPanel() {
  const text = useText();
  const { settings } = usePlugin(plugin);
  const numbers = String(settings["emergencyNumbers"] ?? "").split(/\s+/);
  return (
    <div className="ds-panel ds-panel-danger" role="alert">
      <h2>{text("purpose.dangerTitle")}</h2>
      <p>{text("purpose.dangerText")}</p>
      <p className="ds-row">
        {numbers.filter(Boolean).map((number) => (
          <a key={number} href={`tel:${number}`} className="ds-link">
            {text("purpose.call", { number })}
          </a>
        ))}
      </p>
    </div>
  );
}
