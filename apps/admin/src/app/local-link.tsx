import { useRouter } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, MouseEvent } from "react";

interface LocalLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** below `/admin`, with its search: `/units/new?parent=…` */
  readonly href: string;
}

const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** A link whose whole address is known only at run time, or that has to look like a button. */
export function LocalLink(props: LocalLinkProps) {
  const router = useRouter();
  const { href, children, ...rest } = props;
  return (
    <a
      {...rest}
      href={`${router.basepath}${href}`}
      onClick={(event) => {
        if (!isPlain(event)) return;
        event.preventDefault();
        void router.navigate({ href });
      }}
    >
      {children}
    </a>
  );
}
