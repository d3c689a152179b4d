import { THREAD_WORDS } from '../../model/words/index.js'

/** What the sentence above a post says. `group`: null if it names none. */
export interface Sentence {
  kind: 'update' | 'reply' | 'notice'
  author: string | null
  group: string | null
}

const NAME: Record<string, string> = { '%m': '(?<member>.+?)', '%g': '(?<group>.+?)' }

const compiled = (template: string): RegExp =>
  new RegExp(`^${template.replace(/%[mg]/g, place => NAME[place] ?? place)}$`, 'iu')

const SENTENCES: readonly { kind: Sentence['kind']; pattern: RegExp }[] = [
  ...THREAD_WORDS.flatMap(({ update }) => update.map(one => ({ kind: 'update' as const, pattern: compiled(one) }))),
  ...THREAD_WORDS.flatMap(({ reply }) => reply.map(one => ({ kind: 'reply' as const, pattern: compiled(one) }))),
  ...['%m (?:joined|created) the group %g', '%m (?:became a registered member|changed their profile picture)'].map(
    one => ({ kind: 'notice' as const, pattern: compiled(one) }),
  ),
]

/** Stands in for the name of a deleted member: the sentence has only the verb. */
const NOBODY = '\u2205'

/** The longest sentence: names may be long. */
const MAX_LENGTH = 400

/** The sentence of BuddyPress that these words are, without their date; null: none in any language. */
export function sentenceOf(words: string): Sentence | null {
  if (words.length > MAX_LENGTH) return null
  for (const said of [words, `${NOBODY} ${words}`])
    for (const { kind, pattern } of SENTENCES) {
      const { member, group } = pattern.exec(said)?.groups ?? {}
      if (member === undefined) continue
      if (said !== words && member !== NOBODY) continue
      return { kind, author: member === NOBODY ? null : member.trim(), group: group?.trim() ?? null }
    }
  return null
}

/** The type of a membership notice in English; null: the words are no such notice. */
export function noticeTypeOf(words: string): 'joined_group' | 'created_group' | null {
  if (sentenceOf(words)?.kind !== 'notice') return null
  const [, verb] = / (joined|created) the group /.exec(words) ?? []
  return verb === undefined ? null : verb === 'joined' ? 'joined_group' : 'created_group'
}

const PICTURES = THREAD_WORDS.flatMap(({ picture }) => picture.map(compiled))
const GROUP_LINES = THREAD_WORDS.flatMap(({ group }) => (group ? [compiled(group)] : []))
const ACTIVITIES = THREAD_WORDS.flatMap(({ activity }) => (activity ? [compiled(activity)] : []))

const firstGroup = (patterns: readonly RegExp[], text: string, name: 'member' | 'group'): string | null => {
  if (text.length > MAX_LENGTH) return null
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.groups?.[name]
    if (found !== undefined) return found.trim()
  }
  return null
}

/** The member whose avatar a converter has replaced by these words, empty if they name none; null: they are no such words. */
export function pictureOf(text: string): string | null {
  const words = text.replace(/^!?\[(.*)\]$/, '$1').trim()
  return NAMELESS.test(words) ? '' : firstGroup(PICTURES, words, 'member')
}

/** The avatar of a deleted member. */
const NAMELESS = /^(?:profile (?:picture|photo)(?: of)?|profilbild|photo de profil|foto de perfil)$/i

/** The group of "In group: Gardeners". */
export const groupOfLine = (text: string): string | null => firstGroup(GROUP_LINES, text, 'group')

/** The member of "Ann's activity". */
export const memberOfActivity = (text: string): string | null => firstGroup(ACTIVITIES, text, 'member')
