import { EmptyState, Screen } from "@doorstep/ui";
import { lazy, Suspense } from "react";
import { useDesk } from "./desk-context.ts";
import { openQueue } from "./place.ts";
import { DeskLink } from "./shared/desk-link.tsx";
import { DeskLoading } from "./shared/desk-loading.tsx";
import { useDeskText } from "./text.ts";

const QueueScreen = lazy(async () => ({ default: (await import("./queue/queue-screen.tsx")).QueueScreen }));
const RegisterScreen = lazy(async () => ({ default: (await import("./register/register-screen.tsx")).RegisterScreen }));
const TasksScreen = lazy(async () => ({ default: (await import("./tasks/tasks-screen.tsx")).TasksScreen }));
const UrgedScreen = lazy(async () => ({ default: (await import("./urged/urged-screen.tsx")).UrgedScreen }));
const IdentityScreen = lazy(async () => ({ default: (await import("./identity/identity-screen.tsx")).IdentityScreen }));
const QuarantineScreen = lazy(async () => ({
  default: (await import("./quarantine/quarantine-screen.tsx")).QuarantineScreen,
}));
const HandoverScreen = lazy(async () => ({ default: (await import("./handover/handover-screen.tsx")).HandoverScreen }));
const DutyScreen = lazy(async () => ({ default: (await import("./duty/duty-screen.tsx")).DutyScreen }));
const ExplainScreen = lazy(async () => ({ default: (await import("./retaliation/explain-screen.tsx")).ExplainScreen }));
const ProofScreen = lazy(async () => ({ default: (await import("./proof/proof-screen.tsx")).ProofScreen }));
const ReportsScreen = lazy(async () => ({ default: (await import("./reports/reports-screen.tsx")).ReportsScreen }));
const RegistersScreen = lazy(async () => ({
  default: (await import("./reports/reports-screen.tsx")).RegistersScreen,
}));
const AccessScreen = lazy(async () => ({ default: (await import("./access/access-screen.tsx")).AccessScreen }));
const OrganTermsScreen = lazy(async () => ({
  default: (await import("./organ-terms/organ-terms-screen.tsx")).OrganTermsScreen,
}));
const KinScreen = lazy(async () => ({ default: (await import("./kin/kin-screen.tsx")).KinScreen }));
const ModuleScreen = lazy(async () => ({ default: (await import("./modules/module-screen.tsx")).ModuleScreen }));
const TodayScreen = lazy(async () => ({ default: (await import("./modules/today-screen.tsx")).TodayScreen }));
const CaseScreen = lazy(async () => ({ default: (await import("./case/case-screen.tsx")).CaseScreen }));
const LetterScreen = lazy(async () => ({ default: (await import("./letters/letter-screen.tsx")).LetterScreen }));
const UnitLettersScreen = lazy(async () => ({
  default: (await import("./unit-letters/unit-letters-screen.tsx")).UnitLettersScreen,
}));
const ApprovalsScreen = lazy(async () => ({
  default: (await import("./approvals/approvals-screen.tsx")).ApprovalsScreen,
}));

function ScreenAt() {
  const { place } = useDesk();
  const { text } = useDeskText();
  switch (place.page) {
    case "queue":
      return <QueueScreen filter={place.filter} />;
    case "register":
      return <RegisterScreen />;
    case "tasks":
      return <TasksScreen />;
    case "urged":
      return <UrgedScreen />;
    case "identity":
      return <IdentityScreen />;
    case "quarantine":
      return <QuarantineScreen />;
    case "duty":
      return <DutyScreen />;
    case "explain":
      return <ExplainScreen />;
    case "proof":
      return <ProofScreen />;
    case "reports":
      return <ReportsScreen />;
    case "registers":
      return <RegistersScreen />;
    case "handover":
      return <HandoverScreen />;
    case "access":
      return <AccessScreen />;
    case "kin":
      return <KinScreen />;
    case "organ-terms":
      return <OrganTermsScreen />;
    case "module":
      return <ModuleScreen key={place.pluginId} pluginId={place.pluginId} path={place.path} />;
    case "today":
      return <TodayScreen />;
    case "case":
      return <CaseScreen key={place.caseNo} caseNo={place.caseNo} filter={place.filter} act={place.act} />;
    case "letter":
      return <LetterScreen key={place.noticeId} caseId={place.caseId} noticeId={place.noticeId} />;
    case "unitLetters":
      return <UnitLettersScreen letter={place.letter} />;
    case "approvals":
      return <ApprovalsScreen notice={place.notice} />;
    case "unknown":
      return (
        <Screen title={text("desk.unknown.title")}>
          <EmptyState
            title={text("desk.unknown.note")}
            action={<DeskLink to={{ page: "queue", filter: openQueue }}>{text("desk.unknown.back")}</DeskLink>}
          />
        </Screen>
      );
  }
}

/** The screen of the address, each in a file of its own. */
export function DeskScreens() {
  return (
    <Suspense fallback={<DeskLoading />}>
      <ScreenAt />
    </Suspense>
  );
}
