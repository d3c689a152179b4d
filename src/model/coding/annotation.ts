/** What one coder gave a post: codes, a note, or both. */
export interface Annotation {
  coder: string
  codes: readonly string[]
  /** Null: none. */
  note: string | null
}

/** A row of a file of annotations. */
export interface AnnotationRow extends Annotation {
  /** Where it is, for messages: `codes.csv, row 5`. */
  place: string
  /** Site, id and address of the post, as far as the row names them. Id or address is there. */
  site: string | null
  post: string | null
  url: string | null
}
