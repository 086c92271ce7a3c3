export { DueBadge } from "./due/due-badge.tsx";
export { type DueMark, type DueState, dueMark, markOf, SOON_DAYS } from "./due/due-mark.ts";
export { ConfirmDialog } from "./feedback/confirm-dialog.tsx";
export { EmptyState } from "./feedback/empty-state.tsx";
export { ErrorState } from "./feedback/error-state.tsx";
export { FailedPage, MissingPage } from "./feedback/failed-page.tsx";
export { SidePanel } from "./feedback/side-panel.tsx";
export { Skeleton } from "./feedback/skeleton.tsx";
export { SKELETON_AFTER_MS, useDelayed } from "./feedback/use-delayed.ts";
export { saveCsv } from "./files/csv.ts";
export { DateField } from "./form/date-field.tsx";
export type { FieldErrors, FieldRule, SummaryLine } from "./form/error-summary.ts";
export { Form } from "./form/form.tsx";
export type { Field, FieldBinding } from "./form/form-context.ts";
export { useField } from "./form/form-context.ts";
export { NumberField } from "./form/number-field.tsx";
export { PasswordField } from "./form/password-field.tsx";
export { type RadioCard, RadioCards } from "./form/radio-cards.tsx";
export { noteRefusal } from "./form/refusals.ts";
export { SearchSelect } from "./form/search-select.tsx";
export { type Option, Select } from "./form/select.tsx";
export { SignaturePad } from "./form/signature-pad.tsx";
export { TextArea } from "./form/text-area.tsx";
export { TextField } from "./form/text-field.tsx";
export { Tick } from "./form/tick.tsx";
export { Frame } from "./layout/frame.tsx";
export { LanguageSwitch } from "./layout/language-switch.tsx";
export { Screen } from "./layout/screen.tsx";
export { Steps } from "./layout/steps.tsx";
export { Tile } from "./layout/tile.tsx";
export { Track, type TrackStop } from "./layout/track.tsx";
export { DataList } from "./lists/data-list.tsx";
export { LazyTree } from "./lists/lazy-tree.tsx";
export { Timeline, type TimelineEntry } from "./lists/timeline.tsx";
export { type TreeUnit, type VisibleNode, visibleNodes } from "./lists/visible-nodes.ts";
export * from "./parts.ts";
export { UiProvider, useUi } from "./provider.tsx";
export {
  type Shortcut,
  ShortcutsProvider,
  useShortcutSettings,
  useShortcuts,
} from "./shortcuts/use-shortcuts.tsx";
export { formatBytes, formatDate, formatInstant, formatNumber, showTimesIn } from "./text/format.ts";
export { type Language, languageNames, languages, toLanguage } from "./text/languages.ts";
