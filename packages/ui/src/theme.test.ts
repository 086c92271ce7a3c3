import { DEFAULT_THEME, mergeMantineTheme } from "@mantine/core";
import { expect, test } from "vitest";
import { cssVariables, theme } from "./theme.ts";

const parts = (hex: string): readonly number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
/** Of WCAG 2.2: relative luminance. */
function luminance(of: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = of.map((part) =>
    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (one: readonly number[], other: readonly number[]): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

test.each(["indigo", "red"] as const)("words of a %s button are readable under the pointer, too", (name) => {
  const whole = mergeMantineTheme(DEFAULT_THEME, theme as never);
  const tint = cssVariables(whole).light[`--mantine-color-${name}-light-hover`] ?? whole.colors[name][2];
  expect(contrast(parts(whole.colors[name][9]), parts(tint))).toBeGreaterThanOrEqual(4.5);
});
