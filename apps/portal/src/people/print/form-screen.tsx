import { Button, Screen } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { kernel } from "../../shell/rpc.ts";
import { UnitBoard } from "../file/unit-board.tsx";
import "./print.css";

/** The same questions as online, on one sheet of paper, for those without a telephone or with an old one. */
export function PaperFormScreen() {
  const text = useText();
  const language = useLanguage();
  const { u } = useSearch({ from: "/people/print/form" });
  const board = useQuery(kernel.units.board.queryOptions({ unitCode: u }, { enabled: u !== "", retry: false }));
  const purposes = ["solve", "suggest", "accuse", "ask", "help"] as const;
  const identities = ["named", "confidential", "anonymous"] as const;
  return (
    <Screen
      title={text("print.formTitle")}
      actions={
        <Button className="ds-no-print" onClick={() => print()}>
          {text("shell.print")}
        </Button>
      }
    >
      {u !== "" && (
        <p className="ds-no-print">
          <Link to="/print/poster" search={{ u }}>
            {text("print.posterTitle")}
          </Link>
        </p>
      )}
      <div className="ds-paper">
        <p>{text("print.formIntro")}</p>
        <p>
          <strong>{text("print.secret")}</strong>
        </p>
        <h2>{text("print.what")}</h2>
        <p className="ds-boxes">
          {purposes.map((purpose) => (
            <span key={purpose}>{text(`print.purpose.${purpose}`)}</span>
          ))}
        </p>
        <h2>{text("print.story")}</h2>
        <p>{text("print.storyHint")}</p>
        <Lines count={12} />
        <h2>{text("print.tried")}</h2>
        <Lines count={2} />
        <h2>{text("print.unit")}</h2>
        <p>{board.data ? board.data.unit.name[language] : ""}</p>
        <Lines count={board.data ? 0 : 1} />
        <p className="ds-boxes">
          <span>{text("print.leader")}</span>
        </p>
        <h2>{text("print.who")}</h2>
        <p className="ds-boxes">
          {identities.map((identity) => (
            <span key={identity}>{text(`case.anonymity.${identity}`)}</span>
          ))}
        </p>
        <p>{text("print.nameAndContact")}</p>
        <Lines count={2} />
        <p>{text("print.date")}</p>
        <Lines count={1} />
        <h2>{text("print.whereTo")}</h2>
        <p>{text("print.handIn")}</p>
        <UnitBoard unitCode={u} />
      </div>
    </Screen>
  );
}

function Lines(props: { readonly count: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: props.count }, (_, index) => `line-${index}`).map((key) => (
        <div key={key} className="ds-paper-line" />
      ))}
    </div>
  );
}
