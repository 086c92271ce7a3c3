import {
  ErrorState,
  Form,
  RadioCards,
  Screen,
  Skeleton,
  Stack,
  TextArea,
  Tick,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type Asker, askers, exclusions, tiers } from "../kinds.ts";
import { CodeShown } from "./code-shown.tsx";
import { MediatorField } from "./mediator-field.tsx";
import { useMediation } from "./words.ts";

type TierText = `${(typeof tiers)[number]}`;
interface Values {
  readonly askedBy: Asker | "";
  readonly tier: TierText | "";
  readonly dispute: string;
  readonly mediatorId: string;
  readonly violence: boolean;
  readonly harassment: boolean;
  readonly crime: boolean;
  readonly fear: boolean;
}

/** Screening first, then the dispute in words that both sides may read. */
export default function OfferPage() {
  const { say, rpc } = useMediation();
  const { params } = usePage();
  const errorText = useErrorText();
  const caseId = params.caseId ?? "";
  const [mediationId] = useState(() => crypto.randomUUID());
  const asked = useQuery(rpc.application.queryOptions({ caseId }, { staleTime: 0 }));
  const offer = useMutation(rpc.offer.mutationOptions());
  return (
    <Screen title={say("offer.title")}>
      <Stack gap="lg">
        {asked.isPending && <Skeleton lines={5} />}
        {asked.isError && <ErrorState title={errorText(asked.error)} onRetry={() => void asked.refetch()} />}
        {offer.data ? (
          <CodeShown code={offer.data.code} caseId={caseId} />
        ) : asked.isSuccess ? (
          <>
            <p>{say("offer.lead")}</p>
            <Form<Values>
              initial={{
                ...{
                  askedBy: asked.data ? "petitioner" : "",
                  tier: "",
                  dispute: asked.data?.dispute ?? "",
                  mediatorId: "",
                },
                ...{ violence: false, harassment: false, crime: false, fear: false },
              }}
              submitLabel={say("offer.send")}
              busy={offer.isPending}
              error={offer.isError ? errorText(offer.error) : undefined}
              onSubmit={(values) => {
                const { askedBy, dispute, mediatorId } = values;
                const tier = tiers.find((one) => `${one}` === values.tier);
                if (askedBy === "" || tier === undefined) return;
                const found = exclusions.filter((one) => values[one]);
                offer.mutate({ mediationId, caseId, tier, dispute, mediatorId, askedBy, found });
              }}
            >
              <fieldset className="ds-cards">
                <legend>{say("offer.screen")}</legend>
                {exclusions.map((one) => (
                  <Tick key={one} name={one} label={say(`exclusion.${one}`)} />
                ))}
              </fieldset>
              <RadioCards
                name="askedBy"
                label={say("offer.askedBy")}
                cards={askers.map((value) => ({ value, label: say(`asker.${value}`) }))}
                required
              />
              <RadioCards
                name="tier"
                label={say("offer.tier")}
                cards={tiers.map((one) => ({ value: `${one}`, label: say(`tier.${one}`) }))}
                required
              />
              <TextArea
                name="dispute"
                label={say("offer.dispute")}
                hint={say("offer.disputeHint")}
                rows={3}
                maxLength={500}
                required
              />
              <MediatorField caseId={caseId} />
            </Form>
          </>
        ) : null}
      </Stack>
    </Screen>
  );
}
