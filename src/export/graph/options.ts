import type { OptionSpec, OptionValue } from '../exporter.js'

/** `reply`: who answers whom. `mention`: who names whom. `membership`: who wrote in which group. */
export type Relation = 'reply' | 'mention' | 'membership'

export const RELATIONS: readonly Relation[] = ['reply', 'mention', 'membership']

export const NETWORK_OPTIONS = {
  relation: {
    summary: 'who answers whom, who mentions whom, who wrote in which group, or all of these',
    default: 'reply',
    choices: [...RELATIONS, 'all'],
    flag: true,
  },
  edges: {
    summary: 'multi: an edge a post; weighted: one a pair, with the number of its posts',
    default: 'multi',
    choices: ['multi', 'weighted'],
    flag: true,
  },
} as const satisfies Record<string, OptionSpec>

type Options = Readonly<Record<string, OptionValue>>

export const relationsOf = ({ relation }: Options): readonly Relation[] =>
  RELATIONS.filter(one => relation === 'all' || relation === one)

export const isWeighted = ({ edges }: Options): boolean => edges === 'weighted'
