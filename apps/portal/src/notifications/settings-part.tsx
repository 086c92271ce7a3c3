import { type MailMode, mailModes, type NotificationSettings, type NotificationSide } from "@doorstep/contracts";
import { Button, Checkbox, ErrorState, RadioCards, Skeleton, Table, TextField } from "@doorstep/ui";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { errorNumber, useErrorText } from "../shell/error-text.ts";
import { kernel, queryClient } from "../shell/rpc.ts";
import { useWords } from "./words.ts";

/** What one wants to be told of as staff, or as petitioner; and whether by e-mail, too. */
export function SettingsPart(props: { readonly side: NotificationSide }) {
  const words = useWords();
  const errorText = useErrorText();
  const { side } = props;
  const settings = useQuery(kernel.notifications.settings.queryOptions({ side }, { staleTime: 0 }));
  return (
    <section aria-labelledby={`settings-${side}`}>
      <h3 id={`settings-${side}`}>{words(side === "staff" ? "settingsStaff" : "settingsPetitioner")}</h3>
      {settings.isPending && <Skeleton lines={4} />}
      {settings.isError && (
        <ErrorState
          title={errorText(settings.error)}
          number={errorNumber(settings.error)}
          onRetry={() => void settings.refetch()}
        />
      )}
      {settings.data && <Fields settings={settings.data} />}
    </section>
  );
}

function Fields(props: { readonly settings: NotificationSettings }) {
  const words = useWords();
  const errorText = useErrorText();
  const { side } = props.settings;
  const [kinds, setKinds] = useState(props.settings.kinds);
  const [mail, setMail] = useState<MailMode>(props.settings.mail);
  const [address, setAddress] = useState(props.settings.address ?? "");
  const save = useMutation(
    kernel.notifications.saveSettings.mutationOptions({
      onSuccess: (saved) => queryClient.setQueryData(kernel.notifications.settings.queryKey({ side }), saved),
    }),
  );
  const set = (kind: string, part: { readonly portal?: boolean; readonly mail?: boolean }) =>
    setKinds(kinds.map((one) => (one.kind === kind ? { ...one, ...part } : one)));
  return (
    <div className="ds-stack">
      <Table>
        <thead>
          <tr>
            <th scope="col">{words("kindOf")}</th>
            <th scope="col">{words("inPortal")}</th>
            <th scope="col">{words("byMail")}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((one) => {
            const name = words(`kind.${one.kind}`);
            return (
              <tr key={one.kind}>
                <th scope="row">
                  {name}
                  {one.fixed && <span className="ds-hint">{` · ${words("fixed")}`}</span>}
                </th>
                <td>
                  <Checkbox
                    aria-label={`${name}: ${words("inPortal")}`}
                    checked={one.portal}
                    disabled={one.fixed}
                    onChange={(event) => set(one.kind, { portal: event.currentTarget.checked })}
                  />
                </td>
                <td>
                  <Checkbox
                    aria-label={`${name}: ${words("byMail")}`}
                    checked={mail !== "off" && one.mail}
                    disabled={mail === "off"}
                    onChange={(event) => set(one.kind, { mail: event.currentTarget.checked })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      <RadioCards
        name="mail"
        label={words("mailMode")}
        value={mail}
        onChange={(value) => value !== "" && setMail(value)}
        cards={mailModes.map((mode) => ({ value: mode, label: words(`mail.${mode}`) }))}
      />
      {side === "staff" ? (
        <TextField
          name="address"
          label={words("address")}
          hint={words("addressNote")}
          type="email"
          inputMode="email"
          autoComplete="email"
          value={address}
          onChange={setAddress}
        />
      ) : (
        <p className="ds-hint">{words("petitionerAddressNote")}</p>
      )}
      {save.isError && <ErrorState title={errorText(save.error)} number={errorNumber(save.error)} />}
      <p role="status">{save.isSuccess ? words("saved") : ""}</p>
      <p>
        <Button
          loading={save.isPending}
          onClick={() =>
            save.mutate({
              side,
              mail,
              kinds: kinds.map(({ kind, portal, mail: byMail }) => ({ kind, portal, mail: byMail })),
              ...(side === "staff" && { address: address.trim() }),
            })
          }
        >
          {words("save")}
        </Button>
      </p>
    </div>
  );
}
