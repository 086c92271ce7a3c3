import { deskViews } from "@doorstep/contracts";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { planActs } from "../acts/act-plan.ts";
import { useDesk } from "../desk-context.ts";
import type { DeskPlace } from "../place.ts";
import { nameOf, useDeskText } from "../text.ts";
import type { Command } from "./find-commands.ts";

/** What can be done from here: the lawful acts of the open case first, then the places of the desk. */
export function useCommands(): readonly Command[] {
  const { text } = useDeskText();
  const { go, me, place } = useDesk();
  const caseNo = place.page === "case" ? place.caseNo : "";
  const open = useQuery(kernel.cases.byNo.queryOptions({ caseNo }, { enabled: caseNo !== "" }));

  const to = (key: string, label: string, target: DeskPlace): Command => ({ key, label, run: () => go(target) });
  const acts =
    place.page === "case" && open.data
      ? planActs(open.data.acts).open.map(({ form }) =>
          to(`act:${form}`, text("desk.commands.act", { act: text(`desk.acts.name.${form}`) }), {
            ...place,
            act: form,
          }),
        )
      : [];
  const views = deskViews.map((view) =>
    to(`view:${view}`, text("desk.commands.view", { view: nameOf(text, "view", view) }), {
      page: "queue",
      filter: { view },
    }),
  );
  return [
    ...acts,
    ...(me.permissions.includes("desk.register")
      ? [to("register", text("desk.keys.goRegister"), { page: "register" })]
      : []),
    to("approvals", text("desk.keys.goApprovals"), { page: "approvals" }),
    ...views,
    to("tasks", text("desk.tasks.title"), { page: "tasks" }),
    to("unitLetters", text("desk.unitLetters.title"), { page: "unitLetters" }),
    to("urged", text("desk.urged.title"), { page: "urged" }),
    to("duty", text("desk.duty.title"), { page: "duty" }),
    to("identity", text("desk.identity.title"), { page: "identity" }),
    to("explain", text("desk.explain.title"), { page: "explain" }),
    to("proof", text("desk.proof.title"), { page: "proof" }),
    to("reports", text("desk.reports.title"), { page: "reports" }),
    to("registers", text("desk.registers.title"), { page: "registers" }),
    to("handover", text("desk.handover.command"), { page: "handover" }),
    to("access", text("desk.access.command"), { page: "access" }),
    to("kin", text("desk.kin.command"), { page: "kin" }),
    ...(me.grants.some((grant) => grant.role === "discipline")
      ? [to("organ-terms", text("desk.organTerms.command"), { page: "organ-terms" })]
      : []),
  ];
}
