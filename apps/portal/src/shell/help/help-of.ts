import type zh from "./zh-CN.json";

export type HelpKey = keyof typeof zh;

/** From the most particular address to the most general; the last of each side holds for every other screen of it. */
const places: readonly (readonly [RegExp, HelpKey])[] = [
  [/^\/desk\/register/, "register"],
  [/^\/desk\/approvals/, "approvals"],
  [/^\/desk\/letters\//, "letter"],
  [/^\/desk\/urged/, "urged"],
  [/^\/desk\/unit-letters/, "unitLetters"],
  [/^\/desk\/c\//, "deskCase"],
  [/^\/desk(\/queue)?\/?$/, "queue"],
  [/^\/desk/, "desk"],
  [/^\/$/, "home"],
  [/^\/(file|p\/)/, "file"],
  [/^\/t\/?$/, "track"],
  [/^\/(t|my)\//, "case"],
  [/^\/my\/?$/, "mine"],
  [/^\/verify/, "verify"],
];

/** Which text helps on a screen, by its address. */
export const helpOf = (pathname: string): HelpKey => places.find(([place]) => place.test(pathname))?.[1] ?? "people";
