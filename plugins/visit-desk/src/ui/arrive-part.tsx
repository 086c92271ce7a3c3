import {
  Form,
  Group,
  NumberField,
  Stack,
  Text,
  Tick,
  Title,
  useErrorText,
  useMutation,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { useVisitDesk } from "./words.ts";

interface Arrival {
  safety: boolean;
  urgent: boolean;
  headcount: number | undefined;
  representatives: number | undefined;
  companions: number | undefined;
}

/** From how many to how many there can be. */
const LIMITS = { headcount: [1, 100_000], representatives: [1, 100], companions: [0, 20] } as const;
const counts = ["headcount", "representatives", "companions"] as const;

const alone: Arrival = { safety: false, urgent: false, headcount: 1, representatives: 1, companions: 0 };

/** The next number, danger asked first. */
export function ArrivePart() {
  const { say, rpc, settings } = useVisitDesk();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [visitId, setVisitId] = useState(() => crypto.randomUUID());
  const arrive = useMutation(
    rpc.arrive.mutationOptions({
      onSuccess: async () => {
        setVisitId(crypto.randomUUID());
        await client.invalidateQueries(rpc.today.queryFilter());
      },
    }),
  );
  const validate = (values: Arrival) =>
    Object.fromEntries(
      counts.flatMap((name) => {
        const [least, most] = LIMITS[name];
        const given = values[name];
        return given !== undefined && (given < least || given > most)
          ? [[name, say("arrive.between", { least, most })]]
          : [];
      }),
    );
  const max = settings.representatives ?? 1;
  return (
    <section aria-labelledby="arrive" className="ds-panel">
      <Stack>
        <Title order={2} id="arrive">
          {say("arrive.title")}
        </Title>
        <Text>{say("arrive.lead")}</Text>
        {arrive.data && (
          <p role="status" className="visit-desk-no">
            {say("arrive.given", { no: arrive.data.no })}
          </p>
        )}
        <Form<Arrival>
          key={visitId}
          initial={alone}
          validate={validate}
          onSubmit={({ headcount = 1, representatives = 1, companions = 0, ...how }) =>
            arrive.mutate({ visitId, ...how, headcount, representatives, companions })
          }
          busy={arrive.isPending}
          submitLabel={say("arrive.submit")}
          error={arrive.error ? errorText(arrive.error) : undefined}
        >
          <Tick name="safety" label={say("arrive.safety")} note={say("arrive.safetyNote")} />
          <Tick name="urgent" label={say("arrive.urgent")} note={say("arrive.urgentNote")} />
          <Group align="start">
            <NumberField
              name="headcount"
              label={say("arrive.headcount")}
              min={LIMITS.headcount[0]}
              max={LIMITS.headcount[1]}
              required
            />
            <NumberField
              name="representatives"
              label={say("arrive.representatives")}
              hint={say("arrive.representativesHint", { max })}
              min={LIMITS.representatives[0]}
              max={LIMITS.representatives[1]}
              required
            />
            <NumberField
              name="companions"
              label={say("arrive.companions")}
              hint={say("arrive.companionsHint")}
              min={LIMITS.companions[0]}
              max={LIMITS.companions[1]}
              required
            />
          </Group>
        </Form>
      </Stack>
    </section>
  );
}
