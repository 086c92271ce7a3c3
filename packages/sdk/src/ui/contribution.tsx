import { ErrorState, Skeleton } from "@doorstep/ui";
import { Component, type ComponentType, createElement, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useUiHost } from "./host-context.ts";
import { PluginScope } from "./plugin-scope.tsx";
import { forgetFailedLoad } from "./retry-lazy.ts";

interface BoundaryProps {
  readonly onRetry: () => void;
  readonly message: string;
  readonly children: ReactNode;
}

class ContributionBoundary extends Component<BoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  retry = () => {
    this.props.onRetry();
    this.setState({ failed: false });
  };

  override render() {
    if (!this.state.failed) return this.props.children;
    return <ErrorState title={this.props.message} onRetry={this.retry} />;
  }
}

const unavailable = { "zh-CN": "此模块暂不可用", en: "This module is not available now" } as const;

interface ContributionProps<P extends object> {
  readonly pluginId: string;
  readonly component: ComponentType<P>;
  readonly props: P;
  /** What the page's address means to the plugin, for its pages. */
  readonly params?: Readonly<Record<string, string>>;
}

/** Shows one part of a plugin. Whatever it throws stays inside: the rest of the screen goes on. */
export function Contribution<P extends object>(given: ContributionProps<P>) {
  const { language } = useUiHost();
  // Re-renders the plugin's words when the language has been changed.
  useTranslation(given.pluginId);
  return (
    <ContributionBoundary message={unavailable[language]} onRetry={() => forgetFailedLoad(given.component)}>
      <PluginScope pluginId={given.pluginId} params={given.params ?? {}}>
        <div data-plugin={given.pluginId}>
          <Suspense fallback={<Skeleton />}>{createElement(given.component, given.props)}</Suspense>
        </div>
      </PluginScope>
    </ContributionBoundary>
  );
}
