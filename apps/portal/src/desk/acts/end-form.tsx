import type { CaseView } from "@doorstep/contracts";
import { kernelClient } from "../../shell/rpc.ts";
import { useDeskText } from "../text.ts";
import { ActForm } from "./act-form.tsx";
import type { AllowedAct } from "./act-plan.ts";
import { Effect } from "./effect.tsx";

interface EndFormProps {
  readonly c: CaseView;
  readonly act: AllowedAct;
  readonly kind: "finalise" | "archive";
  readonly onDone: () => void;
}

/** T25 and T27: nothing to fill in, so the consequence stands beside the one button. */
export function EndForm(props: EndFormProps) {
  const { text } = useDeskText();
  const { kind } = props;
  return (
    <ActForm
      c={props.c}
      name={kind}
      initial={{}}
      submitLabel={text(`desk.acts.do.${kind}`)}
      send={(_, on) => kernelClient.cases[kind].mutate(on)}
      onDone={props.onDone}
    >
      {() => (
        <div className="ds-panel ds-panel-warn">
          <p>{text(`desk.acts.${kind}Effect`)}</p>
          <Effect act={props.act} clocks={props.c.clocks} />
        </div>
      )}
    </ActForm>
  );
}
