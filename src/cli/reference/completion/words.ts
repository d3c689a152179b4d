import type { CommandFacts, OptionFacts, ProgramFacts, Value } from '../facts.js'

/** What all scripts are made of: the words that may stand at a place of the command line. */

/** Fails for a word that a shell would not take as it is: the scripts hold no quotes around words. */
export function plainWords(words: readonly string[]): string {
  const odd = words.find(word => !/^[\w.-]+$/.test(word))
  if (odd !== undefined) throw new Error(`"${odd}" can't be a word of a completion script.`)
  return words.join(' ')
}

/** A value as the scripts name it: its words, or `:` and the kind of what is offered. */
const kindOf = (value: Value): string => (typeof value === 'string' ? `:${value}` : plainWords(value))

export const flagsOf = (options: readonly OptionFacts[]): string[] => options.flatMap(({ flags }) => flags)

/** The flags of options with a value, in groups of the same kind of value. */
export function flagsByKind(options: readonly OptionFacts[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { flags, value } of options) {
    if (value === null) continue
    const kind = kindOf(value)
    found.set(kind, [...(found.get(kind) ?? []), ...flags])
  }
  return found
}

/** The arguments of a command: what is offered for the first one, the second one, and so on; `rest`: for all others. */
interface Places {
  kinds: readonly string[]
  rest: string
}

export function placesOf({ arguments: all }: CommandFacts): Places {
  const kinds = all.filter(({ isVariadic }) => !isVariadic).map(({ value }) => kindOf(value))
  const variadic = all.find(({ isVariadic }) => isVariadic)
  return { kinds, rest: variadic ? kindOf(variadic.value) : ':text' }
}

export const commandNames = ({ commands }: ProgramFacts): string => plainWords(commands.map(({ name }) => name))
