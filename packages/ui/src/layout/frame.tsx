import { type ReactNode, useCallback } from "react";
import { useUi } from "../provider.tsx";

interface FrameProps {
  readonly header: ReactNode;
  /** A bar across the top: offline, demo. */
  readonly banner?: ReactNode;
  /** Rail on the left of wide screens, bar at the bottom of phones. */
  readonly nav?: ReactNode;
  readonly navLabel?: string;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** Told to the styles: on a phone as much room is left below as the bar takes, in as many rows as its words need. */
function tellHeight(nav: HTMLElement): () => void {
  const root = document.documentElement;
  const observer = new ResizeObserver(() => root.style.setProperty("--ds-nav-height", `${nav.offsetHeight}px`));
  observer.observe(nav);
  return () => {
    observer.disconnect();
    root.style.removeProperty("--ds-nav-height");
  };
}

/** What stands around every screen: skip link, header, navigation, footer. The screen brings its own main landmark. */
export function Frame(props: FrameProps) {
  const { text } = useUi();
  const bar = useCallback((nav: HTMLElement | null) => (nav ? tellHeight(nav) : undefined), []);
  return (
    <div className={props.nav ? "ds-frame ds-frame-nav" : "ds-frame"}>
      <a href="#main" className="ds-skip">
        {text("skip")}
      </a>
      {props.banner}
      <header className="ds-header">{props.header}</header>
      {props.nav && (
        <nav ref={bar} className="ds-nav" aria-label={props.navLabel}>
          {props.nav}
        </nav>
      )}
      <div className="ds-body">{props.children}</div>
      {props.footer && <footer className="ds-footer">{props.footer}</footer>}
    </div>
  );
}
