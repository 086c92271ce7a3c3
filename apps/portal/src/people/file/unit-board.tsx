import { useQuery } from "@tanstack/react-query";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { kernel } from "../../shell/rpc.ts";

/** The ways without a screen: offices, telephone, address, reception place [R22:18]. */
export function UnitBoard(props: { readonly unitCode: string | undefined }) {
  const text = useText();
  const language = useLanguage();
  const board = useQuery(
    kernel.units.board.queryOptions(
      { unitCode: props.unitCode ?? "" },
      { enabled: Boolean(props.unitCode), retry: false },
    ),
  );
  if (!board.data) return null;
  const offices = board.data.offices.filter((office) => office.phone || office.address);
  if (offices.length === 0 && !board.data.receptionPlace) return null;
  return (
    <section className="ds-panel">
      <h2>{text("file.otherWays")}</h2>
      <ul>
        {offices.map((office) => (
          <li key={office.id}>
            {office.name[language]}
            {office.phone && (
              <>
                {" · "}
                <a href={`tel:${office.phone.replace(/[^\d+]/g, "")}`}>
                  {text("shell.unitPhone", { phone: office.phone })}
                </a>
              </>
            )}
            {office.address && ` · ${text("shell.unitAddress", { address: office.address })}`}
          </li>
        ))}
        {board.data.receptionPlace && <li>{text("shell.receptionPlace", { place: board.data.receptionPlace })}</li>}
      </ul>
    </section>
  );
}
