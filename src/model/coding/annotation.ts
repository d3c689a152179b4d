/** A code, a note, or both, that a researcher gave a post. */
export interface Annotation {
  coder: string
  /** Null: only a note. */
  code: string | null
  /** Null: none. */
  note: string | null
}
