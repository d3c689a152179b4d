import { type Element, isTag, isText } from 'domhandler'
import { classes, elementsBelow, lineOf } from '../../document/dom.js'
import type { PostSelectors, Template } from '../../templates/template.js'
import type { Anatomy, BodyPlace, FoundTime } from '../anatomy.js'
import { avatarOf } from '../avatar.js'
import { idOf } from '../parts.js'
import { sentenceLinks } from '../sentence.js'
import { timeIn, timeInBody } from '../time-in-body.js'
import { findBody, textIn } from './body.js'
import { isSmall, type Marks, marksAmong } from './marks.js'
import { partsByRule } from './parts.js'
import { isTool } from './tools.js'

/**
 * The parts of a post by what BuddyPress prints in every theme: ids that end in `activity-N` or `acomment-N`, the class
 * `user-N-avatar`, links to the profile and to the post itself, dates. What holds none of these is the text.
 */
export function dissectByRule(element: Element, template: Template, selectors: PostSelectors): Anatomy {
  const id = idOf(element, selectors)
  const { inside, replies } = partsByRule(element, template)
  const guess = inside.find(isNamedLikeText)
  const guessed = new Set(guess ? elementsBelow(guess) : [])
  const around = inside.filter(one => one !== guess && !guessed.has(one))
  const avatar = avatarOf(around, '', element)
  const marks = marksAmong(around, element, id, avatar)
  const body = guess
    ? withinGuess(
        guess,
        inside.filter(one => guessed.has(one)),
        marks,
        { element, id, avatar },
      )
    : findBody(element, allOf(marks), replies)
  const own = withoutText(inside, body)
  return {
    element,
    id,
    own,
    replies,
    links: sentenceLinks(
      own.filter(one => one.name === 'a' && !isTool(one)),
      { post: element, id, profile: avatar.profile, times: marks.times },
    ),
    avatar,
    body,
    times: () => [
      ...[...marks.times, ...(body?.frames.filter(isTag) ?? [])].filter(isSmall).map(timeIn),
      ...timesBeside(marks.authors, body),
    ],
  }
}

/** `.activity-inner` and `.acomment-content`, with any prefix: nearly all themes have them, some with more than the text inside. */
const isNamedLikeText = (element: Element): boolean =>
  classes(element).some(name => /(?:^|[-_])(?:activity-inner|acomment-content)$/.test(name))

const allOf = ({ authors, permalinks, times, avatars }: Marks): Element[] => [
  ...authors,
  ...permalinks,
  ...times,
  ...avatars,
]

/** A theme has put the header into the element of the text if the author is not around it. Otherwise links inside are the member's. */
function withinGuess(
  guess: Element,
  inside: readonly Element[],
  around: Marks,
  { element, id, avatar }: Pick<Anatomy, 'element' | 'id' | 'avatar'>,
): BodyPlace {
  const time = timeInBody(guess, id)
  if (around.authors.length > 0) return { element: guess, frames: time }
  const { authors, permalinks, times } = marksAmong(inside, element, id, avatar)
  const author = avatar.profile ? authors.slice(0, 1) : []
  if (time.length > 0) return author.length > 0 ? textIn(guess, [...author, ...time]) : { element: guess, frames: time }
  // Without a profile (a deleted member) only the address of a reply is surely the theme's: no member knows it before the reply is there.
  const printed = permalinks.filter(
    link => (avatar.profile || link.attribs['href']?.endsWith(`#acomment-${id}`)) && !followsCut(link),
  )
  const beside = times.filter(one => isBeside(one, author[0]))
  return textIn(guess, [...author, ...printed.slice(0, 1), ...beside.slice(0, 1)])
}

/** "Words … Read more": the words before the link are no sentence of the theme. */
const followsCut = (link: Element): boolean => {
  const words = link.parent && isTag(link.parent) && isSmall(link.parent) ? lineOf(link.parent) : ''
  return words.endsWith(lineOf(link)) && /(?:…|\.\.\.)\]?\s*$/.test(words.slice(0, -lineOf(link).length))
}

/** A paragraph of a member may be a date alone: "2 days ago". */
const isBeside = (time: Element, author: Element | undefined): boolean =>
  author !== undefined && (isMarked(time) || (time.name !== 'p' && time.parent === author.parent))

const isMarked = (time: Element): boolean => time.name === 'time' || classes(time).includes('time-since')

/** The words beside the author, which may be a date without an element of its own: "Ann &middot; 2 days ago" (BuddyPress 1.2). */
function timesBeside(authors: readonly Element[], body: BodyPlace | undefined): FoundTime[] {
  const nodes = authors.flatMap(({ parent }) => (parent && parent !== body?.element ? parent.children : []))
  const words = nodes.filter(isText).map(({ data }) => data)
  return words.length > 0 ? [{ words: words.join(' ').trim(), livestamp: null }] : []
}

/** The elements that are not inside the text; what the theme has printed there is outside. */
function withoutText(inside: readonly Element[], body: BodyPlace | undefined): Element[] {
  if (!body) return [...inside]
  const frames = new Set(body.frames)
  const text = new Set(elementsBelow(body.element, one => !frames.has(one)).filter(one => !frames.has(one)))
  return inside.filter(one => !text.has(one))
}
