import type { IntakeChannel, Text } from "@doorstep/contracts";
import type { Capability } from "./capabilities.ts";
import type { ClockSpec, HttpFrom, PermissionSpec, ProcedureSpec, Retention } from "./define-plugin.ts";
import type { PointId } from "./points.ts";

/** What is known of a plugin without running it. Made from its definition, never written by hand. */
export interface Manifest {
  /** Of this file. */
  readonly format: 1;
  /** Of the messages between host and plugin. */
  readonly protocol: 1;
  readonly id: string;
  readonly version: string;
  readonly title: Text;
  readonly purpose: Text;
  readonly sdk: string;
  readonly requires: Readonly<Record<string, string>>;
  readonly capabilities: readonly Capability[];
  readonly permissions: Readonly<Record<string, PermissionSpec>>;
  readonly onByDefault: boolean;
  /** absent: `1y` */
  readonly retention?: Retention;
  /** JSON Schema, so that the form works while the plugin is off or broken. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** JSON Schema of what it keeps at petitions; absent: nothing. */
  readonly caseData?: Readonly<Record<string, unknown>>;
  /** Addresses it reaches; absent: none. */
  readonly http?: readonly string[];
  /** Settings in which units list more of them. */
  readonly httpFrom?: HttpFrom;
  /** Sentences it tells people in, by code. */
  readonly news?: Readonly<Record<string, Text>>;
  /** Periods that it runs beside petitions, by code. */
  readonly clocks?: Readonly<Record<string, ClockSpec>>;
  readonly contributions: readonly ManifestContribution[];
  readonly procedures: Readonly<Record<string, ManifestProcedure>>;
}

export interface ManifestContribution {
  readonly point: PointId;
  readonly key: string;
  readonly title: Text | null;
  /** JSON Schema of a channel's form. */
  readonly form?: Readonly<Record<string, unknown>>;
  readonly channel?: ManifestChannel;
  readonly job?: ManifestJob;
  readonly report?: ManifestReport;
  readonly dataset?: DatasetShape;
  readonly routing?: { readonly priority: number };
  /** JSON Schema of what a letter is made from. */
  readonly template?: { readonly data: Readonly<Record<string, unknown>> };
  readonly procedure?: Pick<ProcedureSpec, "runs">;
  readonly address?: ManifestAddress;
}

/** What the host holds to before a module is asked at an address of its own. */
export interface ManifestAddress {
  readonly who: "anybody" | "keyHolder" | "system";
  readonly methods: readonly ("GET" | "POST")[];
  /** Media types that may be posted. @defaultValue JSON */
  readonly accepts: readonly string[];
  /** Of what is posted, up to 16 MB. @defaultValue 65536 */
  readonly maxBytes: number;
  /** What one asker may ask for, up to 600. @defaultValue 60 */
  readonly perMinute: number;
}

/** What the host has to know to offer a report. */
export interface ManifestReport {
  /** a permission of the plugin */
  readonly needs: string;
  /** one that whoever takes it out needs, too */
  readonly takeNeeds?: string;
  readonly register?: true;
  /** JSON Schema */
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * What a dataset counts, beside units and months. Names are those of code: `inTime`.
 *
 * @since 0.1
 */
export interface DatasetShape {
  /** Ways in which everything that is counted falls into values, each with all there can be; at most 6 of 60. */
  readonly dimensions: Readonly<
    Record<string, { readonly title: Text; readonly values: Readonly<Record<string, Text>> }>
  >;
  /** What holds of some of what is counted; at most 20. */
  readonly measures: Readonly<Record<string, Text>>;
}

/** When the host runs a job. */
export interface ManifestJob {
  /** such as `30m`, `6h`, `1d` */
  readonly every: string;
  readonly scope: "unit" | "platform";
  readonly alsoWhereOff?: true;
}

/** What the host has to know of a channel while its code does not run. */
export interface ManifestChannel {
  readonly via: IntakeChannel;
  readonly page: string | null;
  /** whether the plugin itself says where nameless petitions are taken */
  readonly saysAnonymous: boolean;
  readonly whenDisabled: "drain" | "hide";
  /** only the plugin's own pages lead to it */
  readonly listed?: false;
}

/** The browser half for one app: paths of files in the archive. */
export interface ArchiveUiPart {
  readonly entry: string;
  readonly css: readonly string[];
}

/** What an archive shows, by the app that shows it. */
export interface ArchiveUi {
  readonly portal?: ArchiveUiPart;
  readonly admin?: ArchiveUiPart;
}

/** `plugin.json` of an archive: the manifest, and the SHA-384 of every other file by its path. */
export interface ArchiveManifest extends Manifest {
  /** The lowest version of the SDK that has all it uses, as `doorstep build` found it; absent: built before it looked. */
  readonly sdkFloor?: string;
  readonly ui: ArchiveUi;
  readonly files: Readonly<Record<string, string>>;
}

export interface ManifestProcedure {
  readonly kind: "query" | "mutation";
  /** A permission of the plugin, `public` or `signedIn`. */
  readonly needs: string;
}
