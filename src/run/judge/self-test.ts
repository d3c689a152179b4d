import type { FeedSample } from '../../model/page.js'
import type { SelfTest } from '../../model/reports/self-test.js'

/** An opening post as the archive holds it. */
export interface HeldOpening {
  /** Null: no such member. */
  author: string | null
  /** The site's own id of the author; null: not known. */
  authorId?: string | null
  /** Null: erased, so that nothing can be compared. */
  text: string | null
}

/** Differences that a report names one by one. */
const MOST = 5

/** Posts without an author that show that a theme prints none. */
const LEAST_NAMELESS = 3

/** Length in letters of the pieces of a text that are looked for. A theme, an embed or a shortcode may change a text in places. */
const PIECE = 20

/**
 * Compares the posts of a feed, which no theme changes, with those that were read from pages: each must be held, by the author whom the
 * feed names, and with its text. `held`: by id. Posts that are newer than all held ones came after the list was read. `source`: what
 * gave the samples, as the subject of a sentence.
 */
export function selfTest(
  url: string,
  samples: readonly FeedSample[],
  held: ReadonlyMap<string, HeldOpening>,
  source = 'The feed',
): SelfTest {
  const newest = Math.max(...[...held.keys()].map(Number))
  const compared = samples.filter(({ id }) => (held.has(id) ? held.get(id)?.text !== null : Number(id) < newest))
  const naming = compared.some(sample => namesAuthor(sample, held.get(sample.id)))
  const nameless = compared.filter(({ id }) => held.get(id)?.author === null).length
  const mute = nameless >= LEAST_NAMELESS && nameless * 2 > compared.length
  const site = { naming, mute, source }
  const differences = compared.flatMap(sample => differenceOf(sample, held.get(sample.id), site) ?? [])
  const agreed = compared.length - differences.length
  return { url, compared: compared.length, agreed, differences: differences.slice(0, MOST) }
}

/** How the samples and the pages of a site name authors. */
interface Naming {
  /** Titles name the authors, which a plugin may change. */
  naming: boolean
  /** The pages name hardly any author: a theme may print none. Single posts without one are those of deleted members. */
  mute: boolean
  source: string
}

/** What differs, as a sentence. A title without letters names nobody: WordPress strips tags, and with them all of a broken link around a name. */
function differenceOf(
  sample: FeedSample,
  held: HeldOpening | undefined,
  { naming, mute, source }: Naming,
): string | null {
  if (mute && held?.author === null && sample.author)
    return `${source} names the author of post ${sample.id}, and the pages name nobody.`
  if (!held) return `Post ${sample.id} is in the feed, but not on the pages that were read.`
  const isOther =
    (naming && letters(sample.title) !== '' && held.author !== null && !namesAuthor(sample, held)) ||
    hasOtherId(sample, held)
  if (isOther) return `${source} names another author of post ${sample.id} than "${held.author ?? 'nobody'}".`
  return holdsText(sample, held) ? null : `${source} has another text of post ${sample.id}.`
}

const hasOtherId = ({ authorId }: FeedSample, held: HeldOpening): boolean =>
  authorId != null && held.authorId != null && authorId !== held.authorId

/** WordPress strips tags from titles: a name with "<" loses what follows, and the rest of the title with it. */
const namesAuthor = ({ title }: FeedSample, held: HeldOpening | undefined): boolean =>
  held?.author != null && letters(title).includes(letters(held.author.replace(/<[\s\S]*/, '')))

/** True if some piece of the feed's text is in the held text. A feed may leave a text out, and prints the URL of an embed. */
function holdsText({ text }: FeedSample, held: HeldOpening): boolean {
  const wanted = letters(withoutUrls(text))
  const is = letters(withoutUrls(held.text ?? ''))
  if (wanted.length < PIECE / 2) return true
  return [0, (wanted.length - PIECE) / 2, wanted.length - PIECE].some(at => {
    const start = Math.max(0, Math.floor(at))
    return is.includes(wanted.slice(start, start + PIECE))
  })
}

const withoutUrls = (text: string): string => text.replace(/https?:\S+/g, ' ')

/** Letters and digits only: pages, feeds and plugins differ in quotes, emoji and spaces. */
const letters = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
