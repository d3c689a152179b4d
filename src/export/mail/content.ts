import type { StoredPost } from '../../model/archive.js'
import { cleanLine, cleanText } from '../text.js'
import { isEdited } from '../words/facts.js'
import { encodedText } from './encodings.js'

/** The fields that describe the body of a message, an empty line, and the body. */
export function contentLines(post: StoredPost): string[] {
  return ['MIME-Version: 1.0', ...part('plain', `${words(post)}${note(post)}`)]
}

function part(type: 'plain' | 'html', text: string): string[] {
  const { encoding, body } = encodedText(text)
  return [`Content-Type: text/${type}; charset=utf-8`, `Content-Transfer-Encoding: ${encoding}`, '', body]
}

const words = (post: StoredPost): string => (post.forgotten ? 'Forgotten.' : cleanText(post.text).trimEnd())

/** What a reader must know of the post and what its text does not show, below the mark of a signature; nothing for most posts. */
function note(post: StoredPost): string {
  const lines = [
    ...post.attachments.map(({ kind, name, url }) => `${cleanLine(name ?? '') || kind}: ${cleanLine(url)}`),
    ...marks(post),
  ]
  return lines.length === 0 ? '' : `\n\n-- \n${lines.join('\n')}`
}

const marks = (post: StoredPost): string[] =>
  [
    isEdited(post) && 'Edited.',
    post.truncated && 'Shortened by the site.',
    post.status === 'gone' && 'No longer on the site.',
  ].filter(mark => mark !== false)
