import type { Id, Locale, Text } from "@doorstep/contracts";
import type { Plugin, PluginSpec } from "../define-plugin.ts";
import type { ManifestAddress } from "../manifest.ts";
import type { Ctx } from "./context.ts";

/**
 * What is asked at an address of a module. No cookie and no other header reaches it.
 *
 * @since 0.1
 */
export interface AddressRequest {
  readonly method: "GET" | "POST";
  /** What stands behind the name: `["cases", "7"]` of `/x/my-module/BRIGADE/name/cases/7`; at most 8 parts. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  /** Media type of what was posted, without its parameters. */
  readonly type: string | null;
  readonly body: Uint8Array | null;
  /** What came as `Authorization: Bearer`, as `X-Api-Key` or as `api_key` of a posted form. It is not checked by the host. */
  readonly key: string | null;
  /** The connected system, where `who` asks for one. */
  readonly system: { readonly id: Id; readonly name: string } | null;
  readonly locale: Locale;
}

/**
 * What a module answers. The host adds every header: `ETag` from the bytes, `Last-Modified` from `changedAt`; whoever has
 * them already is told so.
 *
 * @since 0.1
 */
export interface AddressAnswer {
  /** @defaultValue 200 */
  readonly status?: 200 | 201 | 202 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422;
  readonly type:
    | "application/json"
    | "application/xml"
    | "text/xml"
    | "text/csv"
    | "text/plain"
    | "text/calendar"
    | "application/zip"
    | "application/octet-stream";
  /** 16 MB at most */
  readonly body: string | Uint8Array;
  /** Saved under this name. */
  readonly fileName?: string;
  /** Instant of the last change. */
  readonly changedAt?: string;
  /** How long others may keep it, where anybody may ask; absent: nobody keeps it. */
  readonly cacheSeconds?: number;
}

/**
 * An address of the module's own for other programs: `/x/<module>/<code of the unit>/<name>/…`. Point `kernel/address@1`;
 * needs the capability `serve`. 10 s at most.
 *
 * It answers where the module is on, and for anybody else there is nothing. Nobody is signed in there. Nothing personal belongs into an address: what is about somebody is posted. A refusal that is
 * thrown is answered in the form of RFC 9457.
 *
 * `who` is `anybody`; `keyHolder`: comes with a key that the module gave out and checks itself; `system`: a system that is
 * connected at the unit or above it, with the scope `modules.call`.
 *
 * @since 0.1
 */
export interface AddressSpec<P extends PluginSpec = PluginSpec> extends Partial<ManifestAddress> {
  readonly title: Text;
  readonly who: ManifestAddress["who"];
  readonly methods: ManifestAddress["methods"];
  answer(ctx: Ctx<P>, request: AddressRequest): AddressAnswer | Promise<AddressAnswer>;
}

/**
 * Fixes the types of one address; returns what it is given.
 *
 * @since 0.1
 */
export const address = <P extends PluginSpec>(_plugin: Plugin<P>, spec: AddressSpec<P>): AddressSpec<P> => spec;
