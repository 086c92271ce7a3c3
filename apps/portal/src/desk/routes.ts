import { type AnyRoute, createRoute, lazyRouteComponent } from "@tanstack/react-router";

const desk = lazyRouteComponent(() => import("./desk-root.tsx"), "DeskRoot");

/** Everything under `/desk`: one chunk that only the people of the desk download. */
export function deskRoutes<R extends AnyRoute>(parentRoute: R) {
  return [
    createRoute({ getParentRoute: () => parentRoute, path: "/desk", component: desk }),
    createRoute({ getParentRoute: () => parentRoute, path: "/desk/$", component: desk }),
  ] as const;
}
