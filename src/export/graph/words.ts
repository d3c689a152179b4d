import { countWords } from '../words/status.js'
import type { Network } from './network.js'
import type { Relation } from './options.js'

const TIES: Readonly<Record<Relation, string>> = {
  reply: 'who answers whom',
  mention: 'who mentions whom',
  membership: 'who wrote in which group',
}

/** What the network holds, in a phrase: `Who answers whom, who mentions whom`. */
export function relationWords(relations: readonly Relation[]): string {
  const words = relations.map(one => TIES[one]).join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What the network holds and what it leaves out, in sentences. Without it, its figures would seem to contradict those of the posts. */
export function networkWords({ relations, nodes, counts }: Network): string {
  const members = nodes.filter(({ kind }) => kind === 'member').length
  const held = [
    countWords(members, 'member'),
    ...(relations.includes('membership') ? [countWords(nodes.length - members, 'group')] : []),
    ...(relations.includes('reply') ? [`${replyWords(counts.replies)}${loopWords(counts.loops)}`] : []),
    ...(relations.includes('mention') ? [countWords(counts.mentions, 'mention')] : []),
  ]
  const left = [
    [counts.withoutParent, 'to a post that is not held'],
    [counts.unknown, 'by or to an author who is not known'],
    [counts.erased, 'by or to an erased member'],
    [counts.names, 'of an @name that is no known member'],
  ] as const
  const out = left.filter(([many]) => many > 0).map(([many, what]) => `${many} ${what}`)
  const sentence = `${relationWords(relations)}: ${held.join(', ')}.`
  return out.length === 0 ? sentence : `${sentence} Left out, replies and mentions: ${out.join('; ')}.`
}

/** `1 reply`, `2 replies`. */
const replyWords = (replies: number): string => `${replies} ${replies === 1 ? 'reply' : 'replies'}`

const loopWords = (loops: number): string => (loops === 0 ? '' : ` (${loops} to oneself)`)
