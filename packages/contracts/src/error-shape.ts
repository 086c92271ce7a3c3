/** What a refused call carries to the browser: the code is the i18n key and the anchor in docs/errors.md. */
export interface ErrorShape {
  message: string;
  code: number;
  data: {
    code: string;
    httpStatus: number;
    path?: string;
    params: Record<string, string | number>;
    reasons: { code: string; params?: Record<string, string | number> }[];
    /** field path -> message code */
    fields: Record<string, string>;
    /** field path -> what it had to keep to, where it was too short, too long, too small or too large */
    limits?: Record<string, FieldLimit>;
    requestId: string;
  };
}

/** The least or most a field takes, by the mistake of `fields`: so many characters or items, or a number itself. */
export interface FieldLimit {
  readonly of: "characters" | "items" | "number";
  readonly is: number;
}
