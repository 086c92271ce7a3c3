import type { Text } from "@doorstep/contracts";

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replaceAll("\n", "<br>");
export const both = (zh: string, en: string): string => `${zh} · ${en}`;
export const named = (text: Text | null): string => (text ? both(text["zh-CN"], text.en) : "–");

export type Line = readonly [string, string];
export const list = (lines: readonly Line[]): string =>
  `<dl>${lines.map(([term, value]) => `<dt>${escaped(term)}</dt><dd>${escaped(value)}</dd>`).join("")}</dl>`;
export const section = (title: string, content: string): string =>
  `<section><h2>${escaped(title)}</h2>${content}</section>`;

/** One page for people, with the same data for machines inside; in Base64. */
export function htmlPage(title: string, content: string, data: unknown): string {
  // what closes a script would end it: no "<" stands in the data
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>
<style>body{font-family:system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;line-height:1.6}dt{font-weight:600}dd{margin:0 0 .75rem}</style>
</head><body><main><h1>${title}</h1>${content}</main>
<script type="application/json" id="data">${json}</script></body></html>`;
  return Buffer.from(html).toString("base64");
}
