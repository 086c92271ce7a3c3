import { useEffect, useSyncExternalStore } from "react";
import { useUiHost } from "./host-context.ts";

/** Kept for the tab, so that one page after the other can be looked at. */
const KEY = "doorstep.points";

const counts = new Map<string, number>();
const hearers = new Set<() => void>();
let inView = "";

function changed(): void {
  inView = [...counts.keys()].toSorted().join(" ");
  for (const hear of hearers) hear();
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

const isOn = (): boolean => document.documentElement.hasAttribute("data-points");

function show(on: boolean): void {
  document.documentElement.toggleAttribute("data-points", on);
  try {
    if (on) sessionStorage.setItem(KEY, "1");
    else sessionStorage.removeItem(KEY);
  } catch {
    // a browser that keeps nothing shows them on this page alone
  }
  changed();
}

function wasOn(): boolean {
  try {
    return sessionStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

/** Says that the page in view has a place for a point, whether or not anything stands there. */
export function usePointInView(point: string | undefined): void {
  useEffect(() => {
    if (point === undefined) return undefined;
    counts.set(point, (counts.get(point) ?? 0) + 1);
    changed();
    return () => {
      const left = (counts.get(point) ?? 1) - 1;
      if (left > 0) counts.set(point, left);
      else counts.delete(point);
      changed();
    };
  }, [point]);
}

const words = {
  switch: { "zh-CN": "显示扩展点", en: "Show points" },
  title: { "zh-CN": "本页的扩展点", en: "Points of this page" },
  none: { "zh-CN": "本页没有扩展点。", en: "This page has none." },
} as const;

/**
 * For whoever writes modules or decides about them: a switch that outlines what modules show and names the point of each,
 * and lists all points of the page, those at which nothing stands, too.
 */
export function PointsSwitch() {
  const { language } = useUiHost();
  const on = useSyncExternalStore(subscribe, isOn);
  const points = useSyncExternalStore(subscribe, () => inView);
  useEffect(() => show(wasOn()), []);
  return (
    <>
      <button type="button" className="ds-link" aria-pressed={on} onClick={() => show(!on)}>
        {words.switch[language]}
      </button>
      {on && (
        <aside className="ds-points" aria-label={words.title[language]}>
          <strong>{words.title[language]}</strong>
          {points === "" ? (
            <p>{words.none[language]}</p>
          ) : (
            <ul>
              {points.split(" ").map((point) => (
                <li key={point}>
                  <code>{point}</code>
                </li>
              ))}
            </ul>
          )}
        </aside>
      )}
    </>
  );
}
