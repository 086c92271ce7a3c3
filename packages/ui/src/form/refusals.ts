let marking: ((error: unknown) => void) | undefined;

/** The form that was sent last waits for what the server says of its fields. */
export function awaitRefusal(mark: (error: unknown) => void): void {
  marking = mark;
}

/** For apps: tells the form that was sent last of an error, so that it marks the fields the server found wrong. */
export function noteRefusal(error: unknown): void {
  marking?.(error);
  marking = undefined;
}
