import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { deskRoutes } from "../desk/routes.ts";
import { FileScreen } from "../people/file/file-screen.tsx";
import { HomeScreen } from "../people/home/home-screen.tsx";
import { FailedScreen, MissingScreen } from "./failed-screen.tsx";
import { localPath } from "./local-path.ts";
import { PeopleFrame } from "./people-frame.tsx";
import { PluginPage } from "./plugin-page.tsx";
import { Shell } from "./shell.tsx";

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined;

const root = createRootRoute({ component: Shell, notFoundComponent: MissingScreen, errorComponent: FailedScreen });

const people = createRoute({ getParentRoute: () => root, id: "people", component: PeopleFrame });

const home = createRoute({
  getParentRoute: () => people,
  path: "/",
  validateSearch: (search): { u?: string | undefined } => ({ u: textOf(search["u"]) }),
  component: HomeScreen,
});
const file = createRoute({ getParentRoute: () => people, path: "/file", component: FileScreen });
const plugin = createRoute({ getParentRoute: () => people, path: "/p/$pluginId/$", component: PluginPage });
const pluginRoot = createRoute({ getParentRoute: () => people, path: "/p/$pluginId", component: PluginPage });
const receipt = createRoute({
  getParentRoute: () => people,
  path: "/receipt",
  component: lazyRouteComponent(() => import("../people/receipt/receipt-screen.tsx"), "ReceiptScreen"),
});
const track = createRoute({
  getParentRoute: () => people,
  path: "/t",
  component: lazyRouteComponent(() => import("../people/track/track-screen.tsx"), "TrackScreen"),
});
const ownCase = (path: "/t/case" | "/my/$caseId") =>
  createRoute({
    getParentRoute: () => people,
    path,
    component: lazyRouteComponent(() => import("../people/case/case-screen.tsx"), "CaseScreen"),
  });
const rate = (path: "/t/rate" | "/my/$caseId/rate") =>
  createRoute({
    getParentRoute: () => people,
    path,
    component: lazyRouteComponent(() => import("../people/case/rate-screen.tsx"), "RateScreen"),
  });
const review = (path: "/t/review" | "/my/$caseId/review") =>
  createRoute({
    getParentRoute: () => people,
    path,
    component: lazyRouteComponent(() => import("../people/case/review-screen.tsx"), "ReviewScreen"),
  });
const ownData = (path: "/t/data" | "/my/$caseId/data") =>
  createRoute({
    getParentRoute: () => people,
    path,
    component: lazyRouteComponent(() => import("../people/case/own-data/own-data-screen.tsx"), "OwnDataScreen"),
  });
const ownAct = (path: "/t/act/$act" | "/my/$caseId/act/$act") =>
  createRoute({
    getParentRoute: () => people,
    path,
    component: lazyRouteComponent(() => import("../people/case/own-acts/own-act-screen.tsx"), "OwnActScreen"),
  });
const mine = createRoute({
  getParentRoute: () => people,
  path: "/my",
  component: lazyRouteComponent(() => import("../people/mine/mine-screen.tsx"), "MineScreen"),
});
const account = createRoute({
  getParentRoute: () => people,
  path: "/account",
  component: lazyRouteComponent(() => import("../people/account/account-screen.tsx"), "AccountScreen"),
});
const ownRecord = createRoute({
  getParentRoute: () => people,
  path: "/account/record",
  component: lazyRouteComponent(() => import("../people/account/record/own-record-screen.tsx"), "OwnRecordScreen"),
});
const notifications = createRoute({
  getParentRoute: () => people,
  path: "/notifications",
  component: lazyRouteComponent(() => import("../notifications/notifications-screen.tsx"), "NotificationsScreen"),
});
const rights = createRoute({
  getParentRoute: () => people,
  path: "/rights",
  component: lazyRouteComponent(() => import("../people/rights/rights-screen.tsx"), "RightsScreen"),
});
const whoSees = createRoute({
  getParentRoute: () => people,
  path: "/who-sees",
  component: lazyRouteComponent(() => import("../people/rights/who-sees-screen.tsx"), "WhoSeesScreen"),
});
const privacy = createRoute({
  getParentRoute: () => people,
  path: "/privacy",
  component: lazyRouteComponent(() => import("../people/privacy/privacy-screen.tsx"), "PrivacyScreen"),
});
const kept = createRoute({
  getParentRoute: () => people,
  path: "/on-this-phone",
  component: lazyRouteComponent(() => import("../people/kept/kept-screen.tsx"), "KeptScreen"),
});
const accessibility = createRoute({
  getParentRoute: () => people,
  path: "/accessibility",
  component: lazyRouteComponent(
    () => import("../people/accessibility/accessibility-screen.tsx"),
    "AccessibilityScreen",
  ),
});
const verify = createRoute({
  getParentRoute: () => people,
  path: "/verify",
  component: lazyRouteComponent(() => import("../people/verify/verify-screen.tsx"), "VerifyScreen"),
});

// A refused value is overwritten, not left out: what a route does not return it inherits as it stood in the address.
const toSearch = (search: Record<string, unknown>): { to?: string | undefined } => ({ to: localPath(search["to"]) });
const signIn = createRoute({
  getParentRoute: () => people,
  path: "/sign-in",
  validateSearch: toSearch,
  component: lazyRouteComponent(() => import("../people/sign-in/sign-in-screen.tsx"), "SignInScreen"),
});
const secondFactor = createRoute({
  getParentRoute: () => people,
  path: "/sign-in/code",
  validateSearch: toSearch,
  component: lazyRouteComponent(() => import("../people/sign-in/second-factor-screen.tsx"), "SecondFactorScreen"),
});
const password = createRoute({
  getParentRoute: () => people,
  path: "/sign-in/password",
  validateSearch: toSearch,
  component: lazyRouteComponent(() => import("../people/sign-in/password-screen.tsx"), "PasswordScreen"),
});
const enrol = createRoute({
  getParentRoute: () => people,
  path: "/sign-in/second-factor",
  validateSearch: toSearch,
  component: lazyRouteComponent(() => import("../people/sign-in/enrol-screen.tsx"), "EnrolScreen"),
});

const unitSearch = (search: Record<string, unknown>): { u: string } => ({ u: textOf(search["u"]) ?? "" });
const printForm = createRoute({
  getParentRoute: () => people,
  path: "/print/form",
  validateSearch: unitSearch,
  component: lazyRouteComponent(() => import("../people/print/form-screen.tsx"), "PaperFormScreen"),
});
const printPoster = createRoute({
  getParentRoute: () => people,
  path: "/print/poster",
  validateSearch: unitSearch,
  component: lazyRouteComponent(() => import("../people/print/poster-screen.tsx"), "PosterScreen"),
});

const peopleTree = people.addChildren([
  home,
  file,
  plugin,
  pluginRoot,
  track,
  receipt,
  ownCase("/t/case"),
  rate("/t/rate"),
  review("/t/review"),
  ownAct("/t/act/$act"),
  ownData("/t/data"),
  ownData("/my/$caseId/data"),
  mine,
  account,
  ownRecord,
  notifications,
  ownCase("/my/$caseId"),
  rate("/my/$caseId/rate"),
  review("/my/$caseId/review"),
  ownAct("/my/$caseId/act/$act"),
  rights,
  whoSees,
  privacy,
  accessibility,
  kept,
  verify,
  signIn,
  secondFactor,
  password,
  enrol,
  printForm,
  printPoster,
]);

/** All addresses of the portal. The desk states its own in `desk/routes.ts`; its screens are loaded when opened. */
export const router = createRouter({
  routeTree: root.addChildren([peopleTree, ...deskRoutes(root)]),
  defaultPreload: "intent",
  scrollRestoration: true,
});
