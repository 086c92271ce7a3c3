/**
 * The modules that a page gives to every browser half, and the whole of them: the browser's side of the protocol.
 * Everything else a plugin wants it brings itself.
 *
 * @since 0.1
 */
export const sharedModules = [
  "react",
  "react/jsx-runtime",
  "react-dom",
  "react-dom/client",
  "@doorstep/sdk/ui",
] as const;
