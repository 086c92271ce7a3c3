import { Screen } from "@doorstep/ui";
import { kernelClient } from "../../shell/rpc.ts";
import { useDeskText } from "../text.ts";
import { filingToSend } from "./desk-filing.ts";
import { TakeDownForm } from "./take-down-form.tsx";

/** D2: takes down what came by letter, visit, call or fax, one after the other. */
export function RegisterScreen() {
  const { text } = useDeskText();
  return (
    <Screen title={text("desk.register.title")} width="wide">
      <TakeDownForm
        draft="register"
        again
        send={(values, unitId, key) => kernelClient.intake.fileAtDesk.mutate(filingToSend(values, unitId, key))}
      />
    </Screen>
  );
}
