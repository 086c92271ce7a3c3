import { Form, Screen, TextField } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useErrorText } from "../../shell/error-text.ts";
import { useText } from "../../shell/i18n.ts";
import { kernel, queryClient } from "../../shell/rpc.ts";
import { useSession } from "../../shell/session.ts";

/** P8: the code is posted once and never stands in an address; the answer's cookie opens the one case. */
export function TrackScreen() {
  const text = useText();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const session = useSession();
  const track = useMutation(
    kernel.intake.track.mutationOptions({
      onSuccess: async () => {
        queryClient.removeQueries({ queryKey: kernel.intake.case.queryKey({}) });
        await navigate({ to: "/t/case" });
      },
    }),
  );
  return (
    <Screen title={text("track.title")}>
      <Form
        initial={{ code: "" }}
        onSubmit={(values) => track.mutate({ code: values.code })}
        submitLabel={text("track.submit")}
        busy={track.isPending}
        error={track.error ? errorText(track.error) : undefined}
      >
        <TextField
          name="code"
          label={text("track.code")}
          hint={text("track.codeHint")}
          placeholder="XXXX-XXXX-XXXX-XXXX-XXXX"
          required
          maxLength={60}
          monospace
        />
      </Form>
      <p className="ds-hint">{text("track.lost")}</p>
      <p>
        <Link to="/receipt" className="ds-link">
          {text("receipt.title")}
        </Link>
      </p>
      {session.data && (
        <p>
          <Link to="/my" className="ds-link">
            {text("track.mine")}
          </Link>
        </p>
      )}
    </Screen>
  );
}
