import type { UnitDetail } from "@doorstep/contracts";
import { Contribution, useContributions } from "@doorstep/sdk/ui-host";
import { Alert, formatDate, formatNumber, Tabs } from "@doorstep/ui";
import type { UseQueryResult } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { useNames } from "../names/use-names.ts";
import { TextsTab } from "../texts/texts-tab.tsx";
import { ChannelsTab } from "./channels-tab.tsx";
import { DutyTab } from "./duty-tab.tsx";
import { ModulesTab } from "./modules-tab.tsx";
import { PeopleTab } from "./people-tab.tsx";
import { QrTab } from "./qr-tab.tsx";

const tabs = ["about", "modules", "people", "duty", "channels", "texts", "qr"] as const;
const labels = {
  about: "units.tabAbout",
  modules: "units.tabModules",
  people: "units.tabPeople",
  duty: "units.tabDuty",
  channels: "units.tabChannels",
  texts: "units.tabTexts",
  qr: "units.tabQr",
} as const;

/** The chosen unit, one tab a matter; the tab stands in the address. */
export function UnitDetailPane(props: { readonly unit: UseQueryResult<UnitDetail, unknown> }) {
  const text = useText();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const language = useLanguage();
  const added = useContributions("unitTabs").map((one) => ({ ...one, name: `${one.pluginId}/${one.key}` }));
  const known: readonly string[] = [...tabs, ...added.map((one) => one.name)];
  const tab = known.find((name) => name === search.tab) ?? "about";
  return (
    <section className="ad-detail">
      <Loaded query={props.unit}>
        {(unit) => (
          <Tabs
            value={tab}
            keepMounted={false}
            onChange={(next) =>
              void navigate({
                to: "/units/$unitId",
                params: { unitId: unit.id },
                search: next && next !== "about" ? { tab: next } : {},
                replace: true,
              })
            }
          >
            <Tabs.List>
              {tabs.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {text(labels[name])}
                </Tabs.Tab>
              ))}
              {added.map((one) => (
                <Tabs.Tab key={one.name} value={one.name}>
                  {one.value.title[language]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="about" pt="md">
              <About unit={unit} />
            </Tabs.Panel>
            <Tabs.Panel value="modules" pt="md">
              <ModulesTab unitId={unit.id} />
            </Tabs.Panel>
            <Tabs.Panel value="people" pt="md">
              <PeopleTab unitId={unit.id} />
            </Tabs.Panel>
            <Tabs.Panel value="duty" pt="md">
              <DutyTab unitId={unit.id} timeZone={unit.timeZone} />
            </Tabs.Panel>
            <Tabs.Panel value="channels" pt="md">
              <ChannelsTab unitId={unit.id} />
            </Tabs.Panel>
            <Tabs.Panel value="texts" pt="md">
              <TextsTab unit={unit} />
            </Tabs.Panel>
            <Tabs.Panel value="qr" pt="md">
              <QrTab code={unit.code} />
            </Tabs.Panel>
            {added.map((one) => (
              <Tabs.Panel key={one.name} value={one.name} pt="md">
                <Contribution
                  part="unitTabs"
                  pluginId={one.pluginId}
                  component={one.value.component}
                  props={{ unitId: unit.id }}
                />
              </Tabs.Panel>
            ))}
          </Tabs>
        )}
      </Loaded>
    </section>
  );
}

function About(props: { readonly unit: UnitDetail }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const { unit } = props;
  const params = { unitId: unit.id };
  const lines = [
    [text("units.code"), unit.code],
    [text("units.path"), unit.path.map((one) => name(one.name)).join(" › ")],
    [text("units.strength"), unit.strength === null ? "–" : formatNumber(unit.strength, language)],
    [text("units.timeZone"), unit.timeZone],
    [text("units.receptionPlace"), unit.receptionPlace || "–"],
    [text("units.policyPack"), unit.policyPack],
    [text("units.calendar"), unit.calendarId],
    [text("units.validFrom"), formatDate(unit.validFrom, language)],
  ] as const;
  return (
    <>
      {unit.validUntil && (
        <Alert color="gray" variant="light" className="ds-alert">
          {text("units.retired", { date: formatDate(unit.validUntil, language) })}
        </Alert>
      )}
      {unit.warnings.length > 0 && (
        <Alert color="orange" variant="light" className="ds-alert">
          <ul className="ad-plain">
            {unit.warnings.map((warning) => (
              <li key={warning}>{text(`units.warning.${warning}`)}</li>
            ))}
          </ul>
        </Alert>
      )}
      <dl className="ad-facts">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Offices unit={unit} />
      {unit.manageable && !unit.validUntil && (
        <p className="ds-row ds-no-print">
          <Link to="/units/$unitId/edit" params={params}>
            {text("app.edit")}
          </Link>
          {unit.parentId && (
            <Link to="/units/$unitId/move" params={params}>
              {text("units.move")}
            </Link>
          )}
          {unit.parentId && (
            <Link to="/units/$unitId/split" params={params}>
              {text("units.split")}
            </Link>
          )}
          {unit.parentId && (
            <Link to="/units/$unitId/merge" params={params}>
              {text("units.merge")}
            </Link>
          )}
          <Link to="/units/$unitId/retire" params={params}>
            {text("units.retire")}
          </Link>
        </p>
      )}
    </>
  );
}

function Offices(props: { readonly unit: UnitDetail }) {
  const text = useText();
  const name = useName();
  const names = useNames();
  const { offices } = props.unit;
  return (
    <section aria-labelledby="offices">
      <h2 id="offices">{text("units.offices")}</h2>
      <p className="ds-hint">{offices.length > 0 ? text("units.officesHint") : text("units.noOffices")}</p>
      <ul className="ds-list">
        {offices.map((office) => (
          <li key={office.id} className="ds-panel">
            <strong>{name(office.name)}</strong>
            <span className="ds-hint">{` · ${names.office(office.kind)}`}</span>
            <p className="ad-line">
              {[office.contact, office.phone, office.address].filter(Boolean).join(" · ") || "–"}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
