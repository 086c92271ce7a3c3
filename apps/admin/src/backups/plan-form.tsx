import type { BackupPlanShown } from "@doorstep/contracts";
import { Form, NumberField, TextField, Tick } from "@doorstep/ui";
import { useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";

const hours = { min: 0, max: 23 };
const days = { min: 1, max: 3_650 };

const isWithin = (value: number | undefined, { min, max }: typeof days): value is number =>
  value !== undefined && value >= min && value <= max;

interface PlanFormProps {
  readonly plan: BackupPlanShown;
  readonly onSaved: () => void;
}

/** When, whereto, and how long; what cannot be written to is refused in words. */
export function PlanForm(props: PlanFormProps) {
  const text = useText();
  const save = useAct(kernelClient.backups.savePlan.mutate, { done: props.onSaved });
  const initial: Omit<BackupPlanShown, "atHour" | "keepDays" | "rootFolder"> & {
    readonly atHour: number | undefined;
    readonly keepDays: number | undefined;
    readonly rootFolder: string;
  } = { ...props.plan, rootFolder: props.plan.rootFolder ?? "" };
  return (
    <section aria-labelledby="plan" className="ad-form">
      <h2 id="plan">{text("backups.plan")}</h2>
      <Form
        initial={initial}
        validate={({ atHour, keepDays }) => ({
          ...(!isWithin(atHour, hours) && { atHour: text("backups.number", hours) }),
          ...(!isWithin(keepDays, days) && { keepDays: text("backups.number", days) }),
        })}
        submitLabel={text("backups.save")}
        busy={save.busy}
        error={save.error}
        onSubmit={({ atHour, keepDays, rootFolder, ...rest }) =>
          save.run({ ...rest, atHour: atHour ?? 0, keepDays: keepDays ?? 1, rootFolder: rootFolder.trim() || null })
        }
      >
        <Tick name="onSchedule" label={text("backups.onSchedule")} />
        <NumberField name="atHour" label={text("backups.atHour")} required {...hours} />
        <TextField
          name="folder"
          label={text("backups.folder")}
          hint={text("backups.folderHint")}
          required
          maxLength={400}
        />
        <NumberField
          name="keepDays"
          label={text("backups.keepDays")}
          hint={text("backups.keepDaysHint")}
          required
          {...days}
        />
        <TextField
          name="rootFolder"
          label={text("backups.rootFolder")}
          hint={text("backups.rootFolderHint")}
          maxLength={400}
        />
      </Form>
    </section>
  );
}
