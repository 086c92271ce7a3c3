import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { OverviewScreen } from "../overview/overview-screen.tsx";
import { FailedScreen, MissingScreen } from "./failed-screen.tsx";
import { PluginPage } from "./plugin-page.tsx";
import { Shell } from "./shell.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: MissingScreen, errorComponent: FailedScreen });

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined;
/** Only the named search values, as text; everything else in an address is left out. */
const searchOf =
  <K extends string>(...names: readonly K[]) =>
  (search: Record<string, unknown>): { [N in K]?: string } =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = textOf(search[name]);
        return value ? [[name, value]] : [];
      }),
    ) as { [N in K]?: string };

const overview = createRoute({ getParentRoute: () => root, path: "/", component: OverviewScreen });

const units = createRoute({
  getParentRoute: () => root,
  path: "/units",
  component: lazyRouteComponent(() => import("../units/units-screen.tsx"), "UnitsScreen"),
});
const newUnit = createRoute({
  getParentRoute: () => root,
  path: "/units/new",
  validateSearch: searchOf("parent"),
  component: lazyRouteComponent(() => import("../units/new-unit-screen.tsx"), "NewUnitScreen"),
});
const importUnits = createRoute({
  getParentRoute: () => root,
  path: "/units/import",
  component: lazyRouteComponent(() => import("../units/import-units-screen.tsx"), "ImportUnitsScreen"),
});
const unit = createRoute({
  getParentRoute: () => root,
  path: "/units/$unitId",
  validateSearch: searchOf("tab"),
  component: lazyRouteComponent(() => import("../units/units-screen.tsx"), "UnitsScreen"),
});
const editUnit = createRoute({
  getParentRoute: () => root,
  path: "/units/$unitId/edit",
  component: lazyRouteComponent(() => import("../units/edit-unit-screen.tsx"), "EditUnitScreen"),
});
const moveUnit = createRoute({
  getParentRoute: () => root,
  path: "/units/$unitId/move",
  component: lazyRouteComponent(() => import("../units/move-unit-screen.tsx"), "MoveUnitScreen"),
});
const retireUnit = createRoute({
  getParentRoute: () => root,
  path: "/units/$unitId/retire",
  component: lazyRouteComponent(() => import("../units/retire-unit-screen.tsx"), "RetireUnitScreen"),
});
const splitUnit = createRoute({
  getParentRoute: () => root,
  path: "/units/$unitId/split",
  component: lazyRouteComponent(() => import("../units/split-unit-screen.tsx"), "SplitUnitScreen"),
});
const mergeUnit = createRoute({
  getParentRoute: () => root,
  path: "/units/$unitId/merge",
  component: lazyRouteComponent(() => import("../units/merge-unit-screen.tsx"), "MergeUnitScreen"),
});
const topics = createRoute({
  getParentRoute: () => root,
  path: "/topics",
  component: lazyRouteComponent(() => import("../topics/topics-screen.tsx"), "TopicsScreen"),
});
const themes = createRoute({
  getParentRoute: () => root,
  path: "/themes",
  validateSearch: searchOf("unit"),
  component: lazyRouteComponent(() => import("../themes/themes-screen.tsx"), "ThemesScreen"),
});
const policies = createRoute({
  getParentRoute: () => root,
  path: "/policies",
  validateSearch: searchOf("unit"),
  component: lazyRouteComponent(() => import("../policies/policies-screen.tsx"), "PoliciesScreen"),
});
const movePack = createRoute({
  getParentRoute: () => root,
  path: "/policies/$unitId/move/$to",
  component: lazyRouteComponent(() => import("../policies/move-pack-screen.tsx"), "MovePackScreen"),
});
const calendars = createRoute({
  getParentRoute: () => root,
  path: "/calendars",
  validateSearch: searchOf("unit", "year"),
  component: lazyRouteComponent(() => import("../calendars/calendar-screen.tsx"), "CalendarScreen"),
});
const modules = createRoute({
  getParentRoute: () => root,
  path: "/modules",
  validateSearch: searchOf("unit"),
  component: lazyRouteComponent(() => import("../modules/modules-screen.tsx"), "ModulesScreen"),
});
const installed = createRoute({
  getParentRoute: () => root,
  path: "/modules/installed",
  component: lazyRouteComponent(() => import("../installed/installed-screen.tsx"), "InstalledScreen"),
});
const moduleInfo = createRoute({
  getParentRoute: () => root,
  path: "/modules/$pluginId",
  component: lazyRouteComponent(() => import("../modules/module-screen.tsx"), "ModuleScreen"),
});
const moduleSettings = createRoute({
  getParentRoute: () => root,
  path: "/modules/$pluginId/settings",
  validateSearch: searchOf("unit"),
  component: lazyRouteComponent(() => import("../settings/settings-screen.tsx"), "SettingsScreen"),
});
const people = createRoute({
  getParentRoute: () => root,
  path: "/people",
  validateSearch: searchOf("unit", "role", "q"),
  component: lazyRouteComponent(() => import("../people/people-screen.tsx"), "PeopleScreen"),
});
const newPerson = createRoute({
  getParentRoute: () => root,
  path: "/people/new",
  validateSearch: searchOf("unit"),
  component: lazyRouteComponent(() => import("../people/new-person-screen.tsx"), "NewPersonScreen"),
});
const importPeople = createRoute({
  getParentRoute: () => root,
  path: "/people/import",
  component: lazyRouteComponent(() => import("../people/import-people-screen.tsx"), "ImportPeopleScreen"),
});
const waiting = createRoute({
  getParentRoute: () => root,
  path: "/people/waiting",
  component: lazyRouteComponent(() => import("../people/waiting-screen.tsx"), "WaitingScreen"),
});
const rules = createRoute({
  getParentRoute: () => root,
  path: "/people/second-factor",
  component: lazyRouteComponent(() => import("../people/second-factor-screen.tsx"), "SecondFactorScreen"),
});
const accessHours = createRoute({
  getParentRoute: () => root,
  path: "/people/access-hours",
  component: lazyRouteComponent(() => import("../people/access-hours-screen.tsx"), "AccessHoursScreen"),
});
const roles = createRoute({
  getParentRoute: () => root,
  path: "/people/roles",
  validateSearch: searchOf("role"),
  component: lazyRouteComponent(() => import("../people/role-screen.tsx"), "RoleScreen"),
});
const preview = createRoute({
  getParentRoute: () => root,
  path: "/people/$personId/preview",
  component: lazyRouteComponent(() => import("../people/preview-screen.tsx"), "PreviewScreen"),
});
const person = createRoute({
  getParentRoute: () => root,
  path: "/people/$personId",
  component: lazyRouteComponent(() => import("../people/person-screen.tsx"), "PersonScreen"),
});
const grant = createRoute({
  getParentRoute: () => root,
  path: "/people/$personId/grant",
  component: lazyRouteComponent(() => import("../people/grant-screen.tsx"), "GrantScreen"),
});
const editPerson = createRoute({
  getParentRoute: () => root,
  path: "/people/$personId/edit",
  component: lazyRouteComponent(() => import("../people/edit-person-screen.tsx"), "EditPersonScreen"),
});
const slip = createRoute({
  getParentRoute: () => root,
  path: "/people/$personId/slip",
  component: lazyRouteComponent(() => import("../people/reset-password-screen.tsx"), "ResetPasswordScreen"),
});
const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: lazyRouteComponent(() => import("../account/account-screen.tsx"), "AccountScreen"),
});
const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  validateSearch: searchOf("who", "kind", "unit", "case", "module", "request", "from", "until", "chain"),
  component: lazyRouteComponent(() => import("../audit/audit-screen.tsx"), "AuditScreen"),
});
const systems = createRoute({
  getParentRoute: () => root,
  path: "/systems",
  component: lazyRouteComponent(() => import("../systems/systems-screen.tsx"), "SystemsScreen"),
});
const retention = createRoute({
  getParentRoute: () => root,
  path: "/retention",
  component: lazyRouteComponent(() => import("../retention/retention-screen.tsx"), "RetentionScreen"),
});
const backups = createRoute({
  getParentRoute: () => root,
  path: "/backups",
  component: lazyRouteComponent(() => import("../backups/backups-screen.tsx"), "BackupsScreen"),
});
const plugin = createRoute({ getParentRoute: () => root, path: "/p/$pluginId/$", component: PluginPage });
const pluginRoot = createRoute({ getParentRoute: () => root, path: "/p/$pluginId", component: PluginPage });

/** All addresses of the administration; every screen but the first is loaded when opened. */
export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    units,
    newUnit,
    importUnits,
    unit,
    editUnit,
    moveUnit,
    retireUnit,
    splitUnit,
    mergeUnit,
    topics,
    themes,
    policies,
    movePack,
    calendars,
    modules,
    installed,
    moduleInfo,
    moduleSettings,
    people,
    newPerson,
    importPeople,
    waiting,
    rules,
    accessHours,
    roles,
    person,
    preview,
    grant,
    editPerson,
    slip,
    audit,
    backups,
    retention,
    systems,
    account,
    plugin,
    pluginRoot,
  ]),
  basepath: "/admin",
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
