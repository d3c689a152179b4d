import type { StoredPost, StoredThread } from '../../model/archive.js'
import type { Attachment } from '../../model/discussion.js'
import { isExact } from '../../model/time.js'
import { safeUrl } from '../body/urls.js'
import { bodyHtml } from '../html/body-html.js'
import { html, linked } from '../html/markup.js'
import { cleanLine, cleanText } from '../text.js'
import { clockOf, type ZonedClock } from '../words/clock.js'
import { whenWords } from '../words/dates.js'
import { isEdited } from '../words/facts.js'
import { encodedText } from './encodings.js'

/** The fields that describe the body of a message, an empty line, and the body: the text and, if it has markup, the HTML. */
export function contentLines(
  post: StoredPost,
  thread: Pick<StoredThread, 'timezone' | 'precision'>,
  locale: string | undefined,
): string[] {
  const clock = clockOf([thread], { timezone: 'UTC', ...(locale !== undefined && { locale }) })
  const plain = part('plain', plainText(post, clock))
  if (!hasMarkup(post)) return ['MIME-Version: 1.0', ...plain]
  return [
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${BOUNDARY}"`,
    ...['', `--${BOUNDARY}`, ...plain],
    ...[`--${BOUNDARY}`, ...part('html', htmlText(post, clock))],
    `--${BOUNDARY}--`,
  ]
}

/** No part has it: quoted-printable has no `=_`, and base64 no `_`. */
const BOUNDARY = '=_threadkeep'

/** True for more than paragraphs and lines, which the text shows as well. */
const hasMarkup = ({ html: source, forgotten }: StoredPost): boolean =>
  !forgotten && /<(?!\/?(?:p|br|div)\b)[a-z]/i.test(source)

function part(type: 'plain' | 'html', text: string): string[] {
  const { encoding, body } = encodedText(text)
  return [`Content-Type: text/${type}; charset=utf-8`, `Content-Transfer-Encoding: ${encoding}`, '', body]
}

/** What the text does not show is below the mark of a signature. */
function plainText(post: StoredPost, clock: ZonedClock): string {
  const words = post.forgotten ? 'Forgotten.' : cleanText(post.text).trimEnd()
  const attached = attachmentsOf(post).map(({ name, url }) => (url === null ? name : `${name}: ${url}`))
  const notes = [...attached, ...marks(post, clock)]
  return notes.length === 0 ? words : `${words}\n\n-- \n${notes.join('\n')}`
}

function htmlText(post: StoredPost, clock: ZonedClock): string {
  const { body, used } = bodyHtml(post, () => null)
  const attached = attachmentsOf(post).flatMap(({ name, url }) =>
    url !== null && used.has(url) ? [] : [linked(name, url)],
  )
  const notes = [...attached, ...marks(post, clock)].map(note => html`\n<p><small>${note}</small></p>`)
  return html`<!DOCTYPE html>\n<html><body>\n${body}${notes}\n</body></html>`.text
}

const attachmentsOf = ({ attachments, url: base }: StoredPost): { name: string; url: string | null }[] =>
  attachments.map(({ kind, name, url }: Attachment) => ({
    name: cleanLine(name ?? '') || kind,
    url: safeUrl(url, base),
  }))

const marks = (post: StoredPost, clock: ZonedClock): string[] =>
  [
    !isExact(post.when) && `Date: ${whenWords(post.when, clock)} (UTC).`,
    isEdited(post) && 'Edited.',
    post.truncated && 'Shortened by the site.',
    post.status === 'gone' && 'No longer on the site.',
  ].filter(mark => mark !== false)
