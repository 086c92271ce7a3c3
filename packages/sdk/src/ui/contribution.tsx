import { ErrorState, type Language, Screen, Skeleton } from "@doorstep/ui";
import { useWords } from "@doorstep/ui/words";
import { Component, type ComponentType, createElement, type ReactNode, Suspense, useState } from "react";
import { pointOf } from "./contributions.ts";
import { useUiHost } from "./host-context.ts";
import { PluginScope } from "./plugin-scope.tsx";
import type { UiPart } from "./plugin-ui.ts";
import { reportCrash } from "./report-crash.ts";
import { forgetFailedLoad } from "./retry-lazy.ts";
import { didHang, forgetHang, HangMark, useHangMarks } from "./watch-hang.tsx";

interface BoundaryProps {
  readonly onRetry: () => void;
  readonly onCrash: (error: unknown) => void;
  readonly language: Language;
  readonly compact: boolean;
  readonly pageTitle: string | undefined;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly failed: boolean;
  readonly retries: number;
}

const unavailable = { "zh-CN": "此模块暂不可用", en: "This module is not available now" } as const;
const inShort = { "zh-CN": "暂不可用", en: "Not available" } as const;
const pageAnew = {
  "zh-CN": "再次重试会重新打开整个页面，请先保存正在填写的内容。",
  en: "Trying again loads the whole page anew: save what you are writing first.",
} as const;

const hung = {
  "zh-CN": "上次打开这个模块时页面没有响应，这次先不显示",
  en: "This module kept the page from answering last time, so it is left out now",
} as const;
const allTheSame = {
  "zh-CN": "页面其余部分可以照常使用。点“重试”仍然打开它；如果页面再次没有响应，请关掉这个标签页后重新打开。",
  en: "The rest of the page works as usual. “Try again” opens it all the same; if the page stops answering again, close the tab and open it anew.",
} as const;

interface LeftOutProps {
  readonly language: Language;
  readonly compact: boolean;
  readonly pageTitle: string | undefined;
  readonly onRetry: () => void;
}

/** In the place of what kept an earlier page from answering. */
function LeftOut({ language, compact, pageTitle, onRetry }: LeftOutProps) {
  if (compact) return <span className="ds-hint">{inShort[language]}</span>;
  const box = <ErrorState title={hung[language]} note={allTheSame[language]} onRetry={onRetry} />;
  return pageTitle === undefined ? box : <Screen title={pageTitle}>{box}</Screen>;
}

class ContributionBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { failed: false, retries: 0 };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onCrash(error);
  }

  retry = () => {
    // What failed twice in the same page, a script that did not come above all, only a new page can load.
    if (this.state.retries > 0) return location.reload();
    this.props.onRetry();
    this.setState({ failed: false, retries: this.state.retries + 1 });
  };

  override render() {
    const { language, compact, pageTitle, children } = this.props;
    if (!this.state.failed) return children;
    if (compact) return <span className="ds-hint">{inShort[language]}</span>;
    const note = this.state.retries > 0 ? pageAnew[language] : undefined;
    const box = <ErrorState title={unavailable[language]} note={note} onRetry={this.retry} />;
    return pageTitle === undefined ? box : <Screen title={pageTitle}>{box}</Screen>;
  }
}

/** Stands for a part whose words did not come: keys in their place would say nothing to anybody. */
function Wordless(): never {
  throw new Error("the words of this module could not be loaded");
}

interface ContributionProps<P extends object> {
  readonly pluginId: string;
  /** What of the plugin it is. */
  readonly part: keyof UiPart;
  readonly component: ComponentType<P>;
  readonly props: P;
  /** What the page's address means to the plugin, for its pages. */
  readonly params?: Readonly<Record<string, string>>;
  /** Where its pages stand, if not at `/p/<id>`. */
  readonly base?: string;
  /** Where it is the whole page: what fails stands under this heading, as a page of its own. */
  readonly pageTitle?: string;
  /** In a line of a list: what fails says so in two words, and nothing to press. */
  readonly compact?: boolean;
}

/**
 * Shows one part of a plugin, with the plugin's words, which are fetched with the first of its parts. Whatever it throws stays
 * inside: the rest of the screen goes on.
 */
export function Contribution<P extends object>(given: ContributionProps<P>) {
  const host = useUiHost();
  const { language } = host;
  const words = useWords(given.pluginId);
  const part = `${given.pluginId}/${given.part}`;
  const [isLeftOut, setLeftOut] = useState(() => didHang(part));
  const box = useHangMarks(part);
  if (isLeftOut)
    return (
      <LeftOut
        language={language}
        compact={given.compact ?? false}
        pageTitle={given.pageTitle}
        onRetry={() => {
          forgetHang(part);
          setLeftOut(false);
        }}
      />
    );
  const waiting = given.compact ? null : <Skeleton />;
  return (
    <ContributionBoundary
      language={language}
      onCrash={(error) => reportCrash(host, given.pluginId, given.part, error)}
      compact={given.compact ?? false}
      pageTitle={given.pageTitle}
      onRetry={() => forgetFailedLoad(given.component)}
    >
      <PluginScope pluginId={given.pluginId} params={given.params ?? {}} base={given.base ?? `/p/${given.pluginId}`}>
        <div data-plugin={given.pluginId} data-point={pointOf(host.app, given.part)} ref={box}>
          <HangMark part={part} />
          <Suspense fallback={waiting}>
            {words === "coming"
              ? waiting
              : createElement<P>(words === "failed" ? Wordless : given.component, given.props)}
          </Suspense>
        </div>
      </PluginScope>
    </ContributionBoundary>
  );
}
