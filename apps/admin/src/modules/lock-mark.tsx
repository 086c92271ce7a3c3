/** A lock, drawn: not every system has a glyph for it. Its meaning is always said in words beside it. */
export function LockMark() {
  return (
    <svg viewBox="0 0 16 16" className="ad-lock" aria-hidden="true">
      <path d="M4 7V5a4 4 0 0 1 8 0v2h1v8H3V7zm2 0h4V5a2 2 0 0 0-4 0z" />
    </svg>
  );
}
