import { type CSSVariablesResolver, createTheme } from "@mantine/core";

/**
 * The look of every Doorstep page. Shade 8 of indigo is the first that carries white text at 4.5 : 1; body text is
 * never under 16 px, so that phones do not zoom into fields and older readers can read it.
 */
export const theme = createTheme({
  fontFamily:
    'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, Consolas, "Liberation Mono", monospace',
  primaryColor: "indigo",
  primaryShade: 8,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontSizes: { xs: "0.875rem", sm: "1rem", md: "1rem", lg: "1.125rem", xl: "1.25rem" },
  lineHeights: { xs: "1.45", sm: "1.5", md: "1.6", lg: "1.6", xl: "1.6" },
  headings: {
    sizes: {
      h1: { fontSize: "1.625rem", lineHeight: "1.35" },
      h2: { fontSize: "1.25rem", lineHeight: "1.4" },
      h3: { fontSize: "1.0625rem", lineHeight: "1.45" },
    },
  },
  components: {
    Anchor: { defaultProps: { underline: "always" } },
    Badge: { defaultProps: { variant: "light", tt: "none", fw: 500 } },
    Button: { defaultProps: { size: "md" } },
    Checkbox: { defaultProps: { size: "md" } },
    DatePickerInput: { defaultProps: { size: "md", popoverProps: { returnFocus: true } } },
    Drawer: { defaultProps: { position: "right", size: "lg" } },
    // its <header> would count as a second banner of the page
    Modal: { defaultProps: { attributes: { header: { role: "presentation" } } } },
    NativeSelect: { defaultProps: { size: "md" } },
    NumberInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    PinInput: { defaultProps: { size: "md" } },
    Radio: { defaultProps: { size: "md" } },
    Select: { defaultProps: { size: "md" } },
    Switch: { defaultProps: { size: "md" } },
    TextInput: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true } } },
  },
});

/** Sets what a theme cannot say: the library's own grey for secondary text and hints stays under 4.5 : 1. */
export const cssVariables: CSSVariablesResolver = (current) => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": current.colors.gray[7],
    "--mantine-color-placeholder": current.colors.gray[6],
    "--mantine-color-error": current.colors.red[9],
    "--mantine-color-anchor": current.colors.indigo[8],
    // what stands under the words of light and subtle buttons while the pointer is over them
    "--mantine-color-indigo-light-hover": current.colors.indigo[1],
    "--mantine-color-red-light-hover": current.colors.red[1],
  },
  dark: {},
});
