import type { PetitionerCase } from "@doorstep/contracts";
import { Button } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useErrorText } from "../../../shell/error-text.ts";
import { useText } from "../../../shell/i18n.ts";
import { kernel, kernelClient, queryClient } from "../../../shell/rpc.ts";
import { useOwnCaseKey } from "../use-own-case.ts";
import { useOwnWords } from "./own-words.ts";

/** Where this goes on, or came from; the same code or account opens both. */
export function BelongsTo(props: { readonly matter: PetitionerCase }) {
  const words = useOwnWords();
  const text = useText();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { caseId: from } = useOwnCaseKey();
  const open = useMutation({
    mutationFn: (caseId: string) => kernelClient.intake.openLinked.mutate({ caseId, ...(from && { from }) }),
    onSuccess: async () => {
      await navigate({ href: "/t/case" });
      await queryClient.invalidateQueries({ queryKey: kernel.intake.case.pathKey() });
    },
  });
  const { belongsTo } = props.matter;
  if (belongsTo.length === 0) return null;
  const say = (key: string, no: string): string => words(key)?.replace("{no}", no) ?? "";
  return (
    <section className="ds-panel">
      <h2>{words("belongsTo")}</h2>
      {open.isError && (
        <p className="ds-error" role="alert">
          {errorText(open.error)}
        </p>
      )}
      <ul className="ds-list">
        {belongsTo.map((other) => (
          <li key={other.caseId}>
            <p>{say(`belongsTo.${other.kind}`, other.caseNo)}</p>
            <p className="ds-row">
              <strong>{text(`case.status.${other.status}`)}</strong>
              <Button variant="default" disabled={open.isPending} onClick={() => open.mutate(other.caseId)}>
                {say("belongsTo.open", other.caseNo)}
              </Button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
