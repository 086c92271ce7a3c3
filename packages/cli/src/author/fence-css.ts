import { type Rule, type SelectorComponent, transform } from "lightningcss";
import { BuildError } from "./build-error.ts";

/** What would reach beyond the plugin's own box whatever stands around it. */
const global: Readonly<Record<string, string>> = {
  import: "@import",
  "font-face": "@font-face",
  property: "@property",
  page: "@page",
  namespace: "@namespace",
  "layer-statement": "@layer",
  "counter-style": "@counter-style",
  "view-transition": "@view-transition",
};

const meansThePage = (part: SelectorComponent): boolean =>
  (part.type === "type" && ["html", "body"].includes(part.name)) ||
  (part.type === "pseudo-class" && (part.kind === "root" || part.kind === "host"));

const isBare = (selector: readonly SelectorComponent[]): boolean => selector.every((part) => part.type === "universal");

/**
 * Keeps a plugin's styles to its own boxes: its own layer, so that they win over nothing of the platform by accident, and
 * its own scope, so that they match nothing outside of `[data-plugin="<id>"]`.
 *
 * @throws BuildError for what such a fence cannot hold
 */
export function fenceCss(id: string, file: string, css: string): string {
  const fail = (what: string): never => {
    throw new BuildError(`${file}: ${what} reaches beyond the module's own boxes`);
  };
  const look = (rule: Rule): void => {
    const name = global[rule.type];
    if (name !== undefined) fail(name);
    if (rule.type === "unknown") fail(`@${rule.value.name}`);
    if (rule.type === "keyframes" && !rule.value.name.value.startsWith(`${id}-`))
      throw new BuildError(`${file}: call @keyframes ${rule.value.name.value} ${id}-${rule.value.name.value}`);
  };
  try {
    // Read as a whole first: an unclosed or a surplus brace must not end the fence.
    const { code } = transform({
      filename: file,
      code: Buffer.from(css),
      minify: true,
      visitor: {
        Rule: (rule) => {
          look(rule);
        },
        Selector: (selector) => {
          if (selector.some(meansThePage)) fail("a selector of the page itself");
          if (isBare(selector)) fail("the selector *");
        },
        Url: ({ url }) => {
          if (!url.startsWith("data:"))
            throw new BuildError(`${file}: url(${url}) must be data:, files are not loaded`);
        },
      },
    });
    return `@layer plugin.${id}{@scope ([data-plugin="${id}"]){${code.toString()}}}`;
  } catch (error) {
    if (error instanceof BuildError) throw error;
    throw new BuildError(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
