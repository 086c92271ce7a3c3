import "./letter.css";
import { Button, ErrorState, Group, Skeleton, Stack, Text, useErrorText } from "@doorstep/sdk/ui";
import { type ReactNode, useState } from "react";
import { usePagePicture } from "./use-page-picture.ts";
import { useLetterDesk } from "./words.ts";

interface Page {
  readonly pageId: string;
  readonly kind: "envelope" | "letter" | "enclosure";
}

interface LetterPicturesProps {
  readonly letterId: string;
  readonly pages: readonly Page[];
}

/** The letter itself beside the form: page by page, larger, turned. */
export function LetterPictures(props: LetterPicturesProps) {
  const { say } = useLetterDesk();
  const [at, setAt] = useState(0);
  const [large, setLarge] = useState(false);
  const [turn, setTurn] = useState(0);
  const page = props.pages[at];
  if (!page) return null;
  const caption = say("register.page", { at: at + 1, of: props.pages.length, kind: say(`kind.${page.kind}`) });
  const go = (to: number) => {
    setAt(to);
    setTurn(0);
  };
  return (
    <Stack gap="sm">
      <Text fw={600} role="status">
        {caption}
      </Text>
      <Group gap="xs">
        <Button variant="default" disabled={at === 0} onClick={() => go(at - 1)}>
          {say("register.before")}
        </Button>
        <Button variant="default" disabled={at === props.pages.length - 1} onClick={() => go(at + 1)}>
          {say("register.next")}
        </Button>
      </Group>
      <Picture key={page.pageId} {...{ letterId: props.letterId, pageId: page.pageId, caption, large, turn }}>
        <Button variant="default" aria-pressed={large} onClick={() => setLarge(!large)}>
          {say(large ? "register.smaller" : "register.larger")}
        </Button>
        <Button variant="default" onClick={() => setTurn((turn + 90) % 360)}>
          {say("register.turn")}
        </Button>
      </Picture>
    </Stack>
  );
}

interface PictureProps {
  readonly letterId: string;
  readonly pageId: string;
  readonly caption: string;
  readonly large: boolean;
  readonly turn: number;
  /** what a picture can be made larger and turned by; another tab shows a PDF, by means of its own */
  readonly children: ReactNode;
}

function Picture(props: PictureProps) {
  const { say } = useLetterDesk();
  const errorText = useErrorText();
  const { address, type, error, retry } = usePagePicture(props.letterId, props.pageId);
  if (error) return <ErrorState title={say("register.pageFailed")} note={errorText(error)} onRetry={retry} />;
  if (address === undefined) return <Skeleton lines={8} />;
  if (type === "application/pdf")
    return (
      <a href={address} target="_blank" rel="noreferrer" className="ds-link">
        {say("register.pdf")}
      </a>
    );
  return (
    <>
      <Group gap="xs">{props.children}</Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="letter-desk-picture" aria-label={props.caption} tabIndex={0}>
        <img
          src={address}
          alt={props.caption}
          data-large={props.large}
          ref={(image) => {
            if (image) image.style.rotate = `${props.turn}deg`;
          }}
        />
      </section>
    </>
  );
}
