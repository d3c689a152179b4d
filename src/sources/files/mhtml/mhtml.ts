import { readFile } from 'node:fs/promises'
import type { Capture } from '../../../model/capture.js'
import { resolveUrl, withoutSecrets } from '../../../model/urls.js'
import { withoutNonces } from '../../site/secrets.js'
import type { Door, DoorSettings, LeftFile, Unread } from '../door.js'
import { NO_ADDRESS } from '../page/answers.js'
import { hasPosts, isOverBound, roughText } from '../page/documents.js'
import { originOf, timeOf } from '../page/origin.js'
import { capturedAtOf } from '../page/page.js'
import { siteOfLinks } from '../page/site-of-links.js'
import { type Mail, type Part, parameter, readMail } from './multipart.js'

/** Pages that Chromium, Edge, Opera, Internet Explorer and Word save as one file: a mail with the page and all that it shows (RFC 2557). */
export const mhtml: Door = {
  name: 'mhtml',
  summary: 'MHTML files of Chromium, Internet Explorer and other browsers',
  recognises: head => isMhtml(Buffer.from(head).toString('latin1')),
  read,
}

/** Headers at the beginning, among them one that only such files have. */
const isMhtml = (head: string): boolean => {
  const headers = /^\s*((?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+)/.exec(head)?.[1] ?? ''
  return /^(?:content-type:\s*multipart\/related|(?:snapshot-)?content-location:)/im.test(
    headers.replace(/\r?\n[ \t]+/g, ' '),
  )
}

/** A file is held in memory with its pictures. */
const MAX_MEGABYTES = 256

async function* read(file: LeftFile, settings: DoorSettings, signal: AbortSignal): AsyncIterable<Capture | Unread> {
  const megabytes = Math.round(file.size / 1024 / 1024)
  if (megabytes > MAX_MEGABYTES) {
    yield { name: file.name, why: `It has ${megabytes} MB, more than ${MAX_MEGABYTES} MB.` }
    return
  }
  const mail = readMail((await readFile(file.path)).toString('latin1'))
  const pages = mail.parts.filter(isPage)
  const root = rootOf(mail, pages)
  // Frames are advertisements, players and previews, unless they hold posts.
  for (const part of root ? [root, ...pages.filter(other => other !== root && hasPosts(roughText(other.body)))] : []) {
    if (signal.aborted) return
    yield captureOf(part, part === root, mail, file, settings)
  }
  if (mail.fault) yield { name: file.name, why: `It is not read whole: ${mail.fault}.` }
  else if (!root) yield { name: file.name, why: 'It holds no page.' }
}

const isPage = ({ type }: Part): boolean => type === 'text/html' || type === 'application/xhtml+xml'

/** The page itself, beside those of its frames: the part that `start` names, or else the first. */
function rootOf({ headers }: Mail, pages: readonly Part[]): Part | undefined {
  const start = parameter(headers['content-type'] ?? '', 'start')
  return pages.find(part => start !== null && part.headers['content-id'] === start) ?? pages[0]
}

function captureOf(part: Part, isRoot: boolean, mail: Mail, file: LeftFile, settings: DoorSettings): Capture | Unread {
  if (isOverBound(part.body.length)) return { name: file.name, why: 'Its page is larger than 32 MB.' }
  const text = roughText(part.body)
  const origin = originOf(text)
  const url = (isRoot ? locationOf(part, mail) : locationOf(part)) ?? origin.url ?? settings.site ?? siteOfLinks(text)
  if (url === null) return { name: file.name, why: NO_ADDRESS }
  const date = mail.headers['date']
  return {
    request: { url },
    url,
    status: 200,
    headers: { 'content-type': contentType(part) },
    body: withoutNonces(withLocations(part.body, mail)),
    ...capturedAtOf((date ? timeOf(date) : null) ?? origin.savedAt, file, settings),
  }
}

/** The page with the addresses of its frames, in place of the numbers of their parts (`cid:frame-1@mhtml.blink`). */
function withLocations(body: Uint8Array, { parts }: Mail): Uint8Array {
  let text = Buffer.from(body).toString('latin1')
  if (!text.includes('cid:')) return body
  for (const { headers } of parts.filter(isPage)) {
    const [id, location] = [headers['content-id']?.replace(/^<|>$/g, ''), headers['content-location']]
    if (id && location && /^https?:/.test(location))
      text = text.replaceAll(`cid:${id}`, location.replaceAll('&', '&amp;'))
  }
  return Buffer.from(text, 'latin1')
}

/** Chromium names the address of the page above the parts; the others name it in its part, which may be relative to a base. */
function locationOf({ headers }: Part, mail?: Mail): string | null {
  const base = headers['content-base'] ?? mail?.headers['content-base'] ?? 'file:///'
  const named =
    mail?.headers['snapshot-content-location'] ?? headers['content-location'] ?? mail?.headers['content-location']
  const url = resolveUrl(named, base)
  return url && withoutSecrets(url.replace(/#.*$/, ''))
}

/** The header of the part decides about its charset, as in a response. */
const contentType = ({ type, headers }: Part): string => {
  const charset = parameter(headers['content-type'] ?? '', 'charset')
  return charset ? `${type}; charset=${charset}` : type
}
