import type { SettingsView } from "@doorstep/contracts";
import { Button, Form, Tick } from "@doorstep/ui";
import { useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { fromForm, type SettingField, settingFields, toForm } from "./setting-field.ts";
import { SettingInput } from "./setting-input.tsx";
import { SettingsPreview } from "./settings-preview.tsx";
import { useSettingWords } from "./use-setting-words.ts";

type Place = SettingsView["secrets"][string];
type Held = Record<string, unknown>;

/** As it comes over the wire, where what is undefined is absent. */
export interface View extends Pick<SettingsView, "secrets" | "revision"> {
  readonly schema?: unknown;
  readonly values: Readonly<Record<string, Place & { readonly value?: unknown }>>;
}

export interface Wanted {
  readonly values: Readonly<Record<string, unknown>>;
  readonly lock: readonly string[];
}

interface SettingsFormProps {
  readonly unitId: string;
  readonly pluginId: string;
  readonly view: View;
  readonly onSaved: () => void;
}

/** The name of the tick beside a setting; no key of a module's has a space in it. */
const lockOf = (key: string): string => `lock ${key}`;

const placeOf = (view: View, key: string): Place =>
  view.values[key] ?? view.secrets[key] ?? { from: null, lockedBy: null, own: false };

/** What is to be sent: what was changed here, what goes back to the superior, and what is locked. */
function wantedOf(
  props: SettingsFormProps,
  fields: readonly SettingField[],
  own: ReadonlySet<string>,
  held: Held,
): Wanted {
  const { view, unitId } = props;
  const values: Record<string, unknown> = {};
  const lock: string[] = [];
  for (const { key, kind, secret } of fields) {
    const before = placeOf(view, key);
    if (!own.has(key)) {
      if (before.own) values[key] = null;
      continue;
    }
    const locks = held[lockOf(key)] === true;
    const locked = before.lockedBy?.id === unitId;
    if (locks) lock.push(key);
    const value = fromForm(kind, held[key]);
    // a secret that is not typed anew stays as it is: nobody knows it here
    const isSent = secret
      ? held[key] !== ""
      : !before.own || locks !== locked || JSON.stringify(value) !== JSON.stringify(view.values[key]?.value);
    if (isSent) values[key] = value;
  }
  return { values, lock };
}

/** A5: every setting with where it comes from; what the unit sets itself is typed, previewed, then saved with a reason. */
export function SettingsForm(props: SettingsFormProps) {
  const text = useText();
  const { view, unitId } = props;
  const fields = settingFields(view.schema);
  const [own, setOwn] = useState<ReadonlySet<string>>(
    new Set(fields.map(({ key }) => key).filter((key) => placeOf(view, key).own)),
  );
  const [wanted, setWanted] = useState<Wanted>();
  const [idle, setIdle] = useState(false);
  const initial: Held = Object.fromEntries(
    fields.flatMap(({ key, kind, secret }) => [
      [key, secret ? "" : toForm(kind, view.values[key]?.value)],
      [lockOf(key), placeOf(view, key).lockedBy?.id === unitId],
    ]),
  );
  const change = (key: string, isOwn: boolean) => {
    setWanted(undefined);
    setOwn((before) => (isOwn ? new Set([...before, key]) : new Set([...before].filter((one) => one !== key))));
  };
  const missing = (held: Held) =>
    Object.fromEntries(
      fields.flatMap(({ key, kind, secret }) => {
        if (!own.has(key)) return [];
        if (secret) return held[key] === "" && !placeOf(view, key).own ? [[key, text("settings.typeSecret")]] : [];
        return fromForm(kind, held[key]) === undefined ? [[key, text("settings.noValue")]] : [];
      }),
    );
  return (
    <>
      <Form<Held>
        initial={initial}
        submitLabel={text("settings.preview")}
        validate={missing}
        onChange={() => {
          setWanted(undefined);
          setIdle(false);
        }}
        onSubmit={(held) => {
          const next = wantedOf(props, fields, own, held);
          const isNothing =
            Object.keys(next.values).length === 0 && next.lock.every((key) => placeOf(view, key).lockedBy);
          setIdle(isNothing);
          setWanted(isNothing ? undefined : next);
        }}
      >
        {fields.map((field) => (
          <Setting
            key={field.key}
            field={field}
            value={view.values[field.key]?.value}
            place={placeOf(view, field.key)}
            unitId={unitId}
            own={own.has(field.key)}
            onOwn={(isOwn) => change(field.key, isOwn)}
          />
        ))}
      </Form>
      {idle && <p role="status">{text("settings.nothingChanged")}</p>}
      {wanted && (
        <SettingsPreview
          unitId={unitId}
          pluginId={props.pluginId}
          revision={view.revision}
          fields={fields}
          wanted={wanted}
          onSaved={props.onSaved}
        />
      )}
    </>
  );
}

interface SettingProps {
  readonly field: SettingField;
  readonly value: unknown;
  readonly place: Place;
  readonly unitId: string;
  readonly own: boolean;
  readonly onOwn: (own: boolean) => void;
}

function Setting(props: SettingProps) {
  const text = useText();
  const name = useName();
  const { field, place, own } = props;
  const title = name(field.title);
  const hint = useHint(field, place);
  const lockedAbove = place.lockedBy !== null && place.lockedBy.id !== props.unitId;
  return (
    <fieldset className="ds-panel" aria-label={title}>
      {own && !lockedAbove ? (
        <div className="ds-stack">
          <SettingInput field={field} hint={hint} />
          <Tick name={lockOf(field.key)} label={text("settings.lock")} />
          <div className="ds-actions">
            <Button variant="default" onClick={() => props.onOwn(false)}>
              {text("settings.inherit", { title })}
            </Button>
          </div>
        </div>
      ) : (
        <Inherited {...props} lockedAbove={lockedAbove} />
      )}
    </fieldset>
  );
}

/** How units below may differ, and that a secret stays as it is when nothing is typed. */
function useHint(field: SettingField, place: Place): string {
  const text = useText();
  const name = useName();
  return [
    ...(field.hint ? [name(field.hint)] : []),
    ...(field.cascade === "override" ? [] : [text(`settings.cascade.${field.cascade}`)]),
    ...(field.secret ? [text(place.own ? "settings.secretKept" : "settings.secretNote")] : []),
  ].join(" ");
}

function Inherited(props: SettingProps & { readonly lockedAbove: boolean }) {
  const text = useText();
  const name = useName();
  const words = useSettingWords();
  const { field, place, value } = props;
  const title = name(field.title);
  // what was the unit's own until a moment ago is not what it will inherit
  const isUnknown = place.own && !props.own;
  const shown = field.secret && place.from === null ? text("settings.nothing") : words(field, value);
  const from = place.from ? text("settings.from", { unit: name(place.from.name) }) : text("settings.default");
  return (
    <div className="ds-row ds-row-between">
      <span className="ad-break">
        <strong>{title}</strong>
        <br />
        {isUnknown ? text("settings.willInherit") : `${shown} · ${from}`}
        {props.lockedAbove && place.lockedBy && (
          <>
            <br />
            <span className="ds-hint">{text("settings.lockedBy", { unit: name(place.lockedBy.name) })}</span>
          </>
        )}
      </span>
      {!props.lockedAbove && (
        <Button variant="default" onClick={() => props.onOwn(true)} aria-label={text("settings.setHereOf", { title })}>
          {text("settings.setHere")}
        </Button>
      )}
    </div>
  );
}
