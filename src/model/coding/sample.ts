/** What is said of a random sample of threads. */
export interface SampleFigures {
  /** Number of threads that were drawn, and of those that they were drawn from. */
  size: number
  of: number
  /** The same seed draws the same threads of the same archive. */
  seed: string
  /** Each group, or each month (UTC) of opening posts, has its share; null: it is not stratified. */
  stratify: 'group' | 'month' | null
  /** Only of a stratified sample. The name is that of a group, or `2026-10`; empty: in no group, or without a date. */
  strata: { name: string; drawn: number; of: number }[]
}
