import "@doorstep/ui/styles/all.css";
import "./desk.css";
import { Anchor, EmptyState, Screen } from "@doorstep/ui";
import { useLocation, useRouter } from "@tanstack/react-router";
import { useMemo } from "react";
import { useSession } from "../shell/session.ts";
import { DeskContext } from "./desk-context.ts";
import { DeskFrame } from "./desk-frame.tsx";
import { DeskScreens } from "./desk-screens.tsx";
import { hrefOf, parsePlace } from "./place.ts";
import { DeskLoading } from "./shared/desk-loading.tsx";
import { createDraftStore } from "./shared/draft-store.ts";
import { FailedState } from "./shared/failed-state.tsx";
import { useDeskText } from "./text.ts";

/** The desk: who may enter, and which screen stands at the address. */
export function DeskRoot() {
  const { text } = useDeskText();
  const session = useSession();
  const router = useRouter();
  const { pathname, searchStr } = useLocation();
  const me = session.data ?? undefined;

  const value = useMemo(
    () =>
      me && {
        me,
        place: parsePlace(pathname, searchStr),
        go: (place: Parameters<typeof hrefOf>[0], how?: { readonly replace?: boolean }) =>
          void router.navigate({ href: hrefOf(place), replace: how?.replace ?? false }),
        drafts: createDraftStore(localStorage, me.personId),
      },
    [me, pathname, searchStr, router],
  );

  if (session.isPending) return <DeskLoading />;
  if (session.isError)
    return (
      <Screen title={text("desk.brand")}>
        <FailedState error={session.error} onRetry={() => void session.refetch()} />
      </Screen>
    );
  if (!value)
    return (
      <Screen title={text("desk.signedOut.title")}>
        <EmptyState
          title={text("desk.signedOut.note")}
          action={
            <Anchor href={`/sign-in?to=${encodeURIComponent(`${pathname}${searchStr}`)}`}>
              {text("desk.signedOut.action")}
            </Anchor>
          }
        />
      </Screen>
    );
  if (!value.me.permissions.includes("desk.use"))
    return (
      <Screen title={text("desk.forbidden.title")}>
        <EmptyState title={text("desk.forbidden.note")} />
      </Screen>
    );
  return (
    <DeskContext value={value}>
      <DeskFrame>
        <DeskScreens />
      </DeskFrame>
    </DeskContext>
  );
}
