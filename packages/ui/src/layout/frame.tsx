import type { ReactNode } from "react";
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

/** What stands around every screen: skip link, header, navigation, footer. The screen brings its own main landmark. */
export function Frame(props: FrameProps) {
  const { text } = useUi();
  return (
    <div className={props.nav ? "ds-frame ds-frame-nav" : "ds-frame"}>
      <a href="#main" className="ds-skip">
        {text("skip")}
      </a>
      {props.banner}
      <header className="ds-header">{props.header}</header>
      {props.nav && (
        <nav className="ds-nav" aria-label={props.navLabel}>
          {props.nav}
        </nav>
      )}
      <div className="ds-body">{props.children}</div>
      {props.footer && <footer className="ds-footer">{props.footer}</footer>}
    </div>
  );
}
