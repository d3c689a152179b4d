/** A fact a line, as `name: value`, and an empty line after the last; what is not known is left out. */
export function* spokenFacts(facts: Readonly<Record<string, string | number | null | undefined>>): Generator<string> {
  for (const [name, value] of Object.entries(facts)) if (value || value === 0) yield `${name}: ${value}`
  yield ''
}
