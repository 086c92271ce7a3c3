import type { personDetail } from "@doorstep/contracts";
import { Screen } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { z } from "zod";
import { useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";

export type PersonDetail = z.output<typeof personDetail>;

interface PersonPartProps {
  readonly personId: string;
  readonly title: "people.edit" | "people.slip";
  readonly children: (person: PersonDetail) => ReactNode;
}

/** A page about one thing of one person, with the way back to the person. */
export function PersonPart(props: PersonPartProps) {
  const text = useText();
  const { personId } = props;
  const person = useQuery(kernel.people.get.queryOptions({ personId }));
  return (
    <Screen
      title={`${text(props.title)}: ${person.data?.name ?? "…"}`}
      before={
        <Link to="/people/$personId" params={{ personId }} className="ds-back">
          {`← ${text("app.back")}`}
        </Link>
      }
    >
      <Loaded query={person}>{props.children}</Loaded>
    </Screen>
  );
}
