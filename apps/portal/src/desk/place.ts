import { categories, deskViews, intakeChannels, queueColumns, queueOrders } from "@doorstep/contracts";
import { z } from "zod";

/** What the queue shows; the whole of it stands in the address, so that a link or a reload shows the same rows. */
const queueFilter = z.object({
  view: z.enum(deskViews).catch("open"),
  unit: z.uuid().optional().catch(undefined),
  category: z.enum(categories).optional().catch(undefined),
  channel: z.enum(intakeChannels).optional().catch(undefined),
  order: z.enum(queueOrders).optional().catch(undefined),
  columns: z
    .preprocess(
      (value) => (typeof value === "string" ? value.split(",").filter(Boolean) : value),
      z.array(z.enum(queueColumns)).optional(),
    )
    .catch(undefined),
  q: z.string().trim().min(1).max(100).optional().catch(undefined),
});
export type QueueFilter = z.infer<typeof queueFilter>;

export type DeskPlace =
  | { readonly page: "queue"; readonly filter: QueueFilter }
  | { readonly page: "register" }
  | { readonly page: "handover" }
  | { readonly page: "tasks" }
  | { readonly page: "urged" }
  | { readonly page: "quarantine" }
  | { readonly page: "identity" }
  | { readonly page: "duty" }
  | { readonly page: "explain" }
  | { readonly page: "proof" }
  | { readonly page: "reports" }
  | { readonly page: "registers" }
  | { readonly page: "kin" }
  | { readonly page: "organ-terms" }
  | { readonly page: "access" }
  | { readonly page: "case"; readonly caseNo: string; readonly filter: QueueFilter; readonly act?: string | undefined }
  | { readonly page: "approvals"; readonly notice?: string | undefined }
  /** letters between units; with an id the one that is open */
  | { readonly page: "unitLetters"; readonly letter?: string | undefined }
  | { readonly page: "letter"; readonly noticeId: string; readonly caseId: string }
  /** a page of a module; the path is its own, `/` its first */
  | { readonly page: "module"; readonly pluginId: string; readonly path: string }
  | { readonly page: "today" }
  | { readonly page: "unknown" };

/** Pages whose address is their name. */
const plainPages = [
  "register",
  "handover",
  "tasks",
  "urged",
  "quarantine",
  "identity",
  "duty",
  "explain",
  "proof",
  "reports",
  "registers",
  "kin",
  "organ-terms",
  "access",
  "today",
] as const;

const BASE = "/desk";
const MODULE = /^[a-z][a-z0-9-]*$/;
const uuid = z.uuid();

const readFilter = (search: URLSearchParams): QueueFilter => queueFilter.parse(Object.fromEntries(search));

function writeFilter(filter: QueueFilter): string[][] {
  const { view, ...rest } = filter;
  const set = Object.entries(rest)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => [name, String(value)]);
  return view === "open" ? set : [["view", view], ...set];
}

function letterPlace(noticeId: string, search: URLSearchParams): DeskPlace {
  const caseId = search.get("case");
  return uuid.safeParse(noticeId).success && uuid.safeParse(caseId).success
    ? { page: "letter", noticeId, caseId: caseId ?? "" }
    : { page: "unknown" };
}

/** A list beside which one of its letters is open. */
function openedPlace(page: string, search: URLSearchParams): DeskPlace {
  if (page === "unit-letters") return { page: "unitLetters", letter: search.get("letter") ?? undefined };
  if (page === "approvals") return { page: "approvals", notice: search.get("notice") ?? undefined };
  return { page: "unknown" };
}

/** Reads an address under `/desk`; whatever it does not know is `unknown`, and wrong search values fall back. */
export function parsePlace(pathname: string, searchText: string): DeskPlace {
  const search = new URLSearchParams(searchText);
  const [page = "", id = "", ...more] = pathname.slice(BASE.length).split("/").filter(Boolean).map(decodeURIComponent);
  if (page === "p" && MODULE.test(id)) return { page: "module", pluginId: id, path: `/${more.join("/")}` };
  if (more.length > 0) return { page: "unknown" };
  if (page === "c" && id)
    return { page: "case", caseNo: id, filter: readFilter(search), act: search.get("act") ?? undefined };
  if (page === "letters" && id) return letterPlace(id, search);
  if (id) return { page: "unknown" };
  if (page === "" || page === "queue") return { page: "queue", filter: readFilter(search) };
  const plain = plainPages.find((one) => one === page);
  if (plain) return { page: plain };
  return openedPlace(page, search);
}

function partsOf(place: DeskPlace): { path: string; search: string[][] } {
  switch (place.page) {
    case "queue":
      return { path: "queue", search: writeFilter(place.filter) };
    case "case":
      return {
        path: `c/${encodeURIComponent(place.caseNo)}`,
        search: [...writeFilter(place.filter), ...(place.act ? [["act", place.act]] : [])],
      };
    case "letter":
      return { path: `letters/${place.noticeId}`, search: [["case", place.caseId]] };
    case "unitLetters":
      return { path: "unit-letters", search: place.letter ? [["letter", place.letter]] : [] };
    case "approvals":
      return { path: "approvals", search: place.notice ? [["notice", place.notice]] : [] };
    case "register":
    case "handover":
    case "tasks":
    case "urged":
    case "quarantine":
    case "identity":
    case "duty":
    case "explain":
    case "proof":
    case "reports":
    case "registers":
    case "kin":
    case "organ-terms":
    case "access":
    case "today":
      return { path: place.page, search: [] };
    case "module":
      return {
        path: ["p", place.pluginId, ...place.path.split("/").filter(Boolean).map(encodeURIComponent)].join("/"),
        search: [],
      };
    case "unknown":
      return { path: "", search: [] };
  }
}

/** Writes the address of a place. Never anything personal: numbers of cases, ids and filters only. */
export function hrefOf(place: DeskPlace): string {
  const { path, search } = partsOf(place);
  const query = new URLSearchParams(search).toString();
  return `${BASE}/${path}${query ? `?${query}` : ""}`;
}

export const openQueue: QueueFilter = { view: "open" };
