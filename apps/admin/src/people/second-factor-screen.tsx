import { Screen, Tick } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useMay } from "../app/session.ts";
import { useAct } from "../app/use-act.ts";
import { useNames } from "../names/use-names.ts";

/** Which roles need a second factor; each tick counts at once. */
export function SecondFactorScreen() {
  const text = useText();
  const names = useNames();
  const may = useMay();
  const rules = useQuery(kernel.people.secondFactorRules.queryOptions({}));
  const save = useAct(kernelClient.people.setSecondFactorRules.mutate);
  const change = may("platform.manage");
  return (
    <Screen
      title={text("people.rulesTitle")}
      error={save.error}
      notice={save.done ? text("people.saved") : undefined}
      before={
        <Link to="/people" className="ds-back">
          {`← ${text("people.title")}`}
        </Link>
      }
    >
      <p>{text("people.rulesIntro")}</p>
      {!change && <p className="ds-hint">{text("people.rulesReadOnly")}</p>}
      <Loaded query={rules}>
        {(list) =>
          change ? (
            <div className="ad-fields">
              {list.map((rule) => (
                <Tick
                  key={rule.role}
                  name={rule.role}
                  label={names.role(rule.role)}
                  value={rule.required}
                  onChange={(required) => save.run({ rules: [{ role: rule.role, required }] })}
                />
              ))}
            </div>
          ) : (
            <ul>
              {list.map((rule) => (
                <li key={rule.role}>{`${names.role(rule.role)}: ${text(rule.required ? "app.yes" : "app.no")}`}</li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Screen>
  );
}
