import "./letter.css";
import { Button, ErrorState, Group, Skeleton, Stack, Text, useErrorText } from "@doorstep/sdk/ui";
import { type ReactNode, useState } from "react";
import { usePagePicture } from "./use-page-picture.ts";
import { usePdfSheets } from "./use-pdf-sheets.ts";
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
  /** what it is made larger and turned by */
  readonly children: ReactNode;
}

function Picture(props: PictureProps) {
  const { say } = useLetterDesk();
  const errorText = useErrorText();
  const { address, whole, error, retry } = usePagePicture(props.letterId, props.pageId);
  if (error) return <ErrorState title={say("register.pageFailed")} note={errorText(error)} onRetry={retry} />;
  if (address === undefined || whole === undefined) return <Skeleton lines={8} />;
  if (whole.type === "application/pdf") return <PdfSheets {...props} pdf={whole} address={address} />;
  return (
    <>
      <Group gap="xs">{props.children}</Group>
      <Box {...props} pictures={[{ address, alt: props.caption }]} />
    </>
  );
}

/** The sheets below each other; what cannot be drawn is opened in a tab of its own, by means of the browser. */
function PdfSheets(props: PictureProps & { readonly pdf: Blob; readonly address: string }) {
  const { say } = useLetterDesk();
  const { addresses, of, state } = usePdfSheets(props.pdf);
  const sheetOf = (at: number) => say("register.sheet", { caption: props.caption, at: at + 1, of });
  return (
    <>
      {addresses.length > 0 && (
        <>
          <Group gap="xs">{props.children}</Group>
          <Box {...props} pictures={addresses.map((address, at) => ({ address, alt: sheetOf(at) }))} />
        </>
      )}
      {state === "drawing" && addresses.length === 0 && <Skeleton lines={8} />}
      {state === "failed" && <p role="alert">{say("register.notDrawn")}</p>}
      {state === "drawn" && addresses.length < of && (
        <p role="status">{say("register.drawnFirst", { count: addresses.length, of })}</p>
      )}
      <a href={props.address} target="_blank" rel="noreferrer" className="ds-link">
        {say("register.pdf")}
      </a>
    </>
  );
}

interface BoxProps {
  readonly caption: string;
  readonly large: boolean;
  readonly turn: number;
  readonly pictures: readonly { readonly address: string; readonly alt: string }[];
}

function Box({ caption, large, turn, pictures }: BoxProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="letter-desk-picture" aria-label={caption} tabIndex={0}>
      {pictures.map(({ address, alt }) => (
        <Turned key={address} {...{ address, alt, large, turn }} />
      ))}
    </section>
  );
}

interface TurnedProps {
  readonly address: string;
  readonly alt: string;
  readonly large: boolean;
  readonly turn: number;
}

/** Takes the room it needs as it lies: what is only turned would reach over the edge, where no scrolling gets to. */
function Turned({ address, alt, large, turn }: TurnedProps) {
  const [shape, setShape] = useState(1);
  const lying = turn % 180 !== 0;
  return (
    <div className="letter-desk-sheet" data-large={large} style={{ aspectRatio: lying ? 1 / shape : shape }}>
      <img
        src={address}
        alt={alt}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setShape(naturalWidth / naturalHeight || 1)}
        style={{ rotate: `${turn}deg`, width: lying ? `${shape * 100}%` : "100%" }}
      />
    </div>
  );
}
