import type { Capture } from '../../../model/capture.js'
import { isInCompanion } from '../../../model/markup/companion-folder.js'
import { sameHost, withSlash } from '../../../model/urls.js'
import { withoutNonces } from '../../site/secrets.js'
import type { Door, DoorSettings, LeftFile, Unread } from '../door.js'
import { askedFor, type GuessedRequest, isAnswer, NO_ADDRESS } from './answers.js'
import { bytesOf, documentsIn, hasPosts, roughText, type SavedDocument } from './documents.js'
import { mirroredAddress } from './mirror.js'
import { originOf, timeOf } from './origin.js'
import { beginsWithHeader, jsonInPage, responseIn } from './response.js'
import { siteOfLinks } from './site-of-links.js'

/** Pages as browsers and mirrors save them, feeds, and the JSON that a community answers. */
export const page: Door = {
  name: 'page',
  summary: 'saved pages (complete, HTML only, SingleFile), mirrors of HTTrack and wget, feeds, JSON answers',
  recognises: head => [isPage, isAnswer, beginsWithHeader].some(test => test(roughText(head))),
  read,
}

/** What a page begins with, behind comments and the declaration of XML. */
const FIRST =
  /^<(?:!doctype\s+(?:html|rss|feed|rdf:rdf)|html|head|body|rss|feed|rdf:rdf|div|ul|ol|li|p|span|a|table|section|article|main|title|meta|link|base)\b/i
const BEFORE = /^(?:\s|\uFEFF|<\?xml[^>]*>|<!--[\s\S]*?-->)*/i
/** Other files that hold pages: mails, MHTML, WARC. */
const OTHERS = /^(?:WARC\/|From |[\w-]+:[ \t])/

const isPage = (head: string): boolean =>
  FIRST.test(head.replace(BEFORE, '')) ||
  (!OTHERS.test(head) && /<!doctype\s+html|<html[\s>]/i.test(head.slice(0, 4096)))

async function* read(file: LeftFile, settings: DoorSettings, signal: AbortSignal): AsyncIterable<Capture | Unread> {
  const bytes = await bytesOf(file)
  if (!bytes) {
    const megabytes = Math.round(file.size / 1024 / 1024)
    yield { name: file.name, why: `It has ${megabytes} MB, more than a page may have (32 MB).` }
    return
  }
  const documents = documentsIn(bytes)
  for (const document of documents) {
    if (signal.aborted) return
    if (isOfPrograms(roughText(document.body), file)) continue
    const name = documents.length === 1 ? file.name : `${file.name}, page at byte ${document.offset}`
    yield captureOf(document, { ...file, name }, settings)
  }
}

/** The frames of a saved page, which lie in the folder beside it, and the list of mirrors that HTTrack makes: nobody saved them as pages. */
const isOfPrograms = (text: string, { path }: LeftFile): boolean =>
  /Created by HTTrack Website Copier|Local index - HTTrack/.test(text.slice(0, 8192)) ||
  (isInCompanion(path) && !hasPosts(text))

function captureOf({ body: sent }: SavedDocument, file: LeftFile, settings: DoorSettings): Capture | Unread {
  const response = beginsWithHeader(roughText(sent.subarray(0, 16))) ? responseIn(sent) : { ...NO_HEADER, body: sent }
  if (!response) return { name: file.name, why: 'Its body is not what the header before it says.' }
  const text = roughText(response.body)
  const json = isAnswer(text) ? text : answerShown(text)
  const asked = json === null ? requested(text, file, settings.site) : askedFor(json, settings.site, originOf(text).url)
  if ('why' in asked) return { name: file.name, why: asked.why }
  const date = response.headers['date']
  return {
    request: asked.request,
    url: asked.url ?? asked.request.url,
    status: response.status,
    headers: { 'content-type': json === null ? 'text/html' : 'application/json', ...response.headers },
    body: withoutNonces(json === null || json === text ? response.body : Buffer.from(json)),
    ...capturedAtOf((date && timeOf(date)) || originOf(text).savedAt, file, settings),
  }
}

const NO_HEADER = { status: 200, headers: {} as Record<string, string> }

function answerShown(text: string): string | null {
  const json = jsonInPage(text)
  return json !== null && isAnswer(json) ? json : null
}

/** What the page says comes first, then the user, then the date of the file, which may be that of a copy. */
export const capturedAtOf = (
  savedAt: string | null,
  file: LeftFile,
  settings: DoorSettings,
): Pick<Capture, 'capturedAt' | 'timeIsBound'> => {
  const at = savedAt ?? settings.capturedAt
  return at === null ? { capturedAt: file.modifiedAt, timeIsBound: true } : { capturedAt: at }
}

const requested = (text: string, file: LeftFile, site: string | null): GuessedRequest =>
  isFeed(text) ? requestedFeed(text, file, site) : requestedPage(text, file, site)

/**
 * The address decides how the page is read: the one that it names, that of the mirror, or that of the site. In a mirror, links are relative
 * to the place of the file; the page may name the address to which the site has redirected from there.
 */
function requestedPage(text: string, file: LeftFile, site: string | null): GuessedRequest {
  const { url: named, isByBrowser } = originOf(text)
  const mirrored = isByBrowser ? null : mirroredAddress(file.path, text)
  if (named && mirrored && sameHost(named, mirrored)) return { request: { url: mirrored }, url: named }
  const url = named ?? mirrored ?? (site && withSlash(site)) ?? siteOfLinks(text)
  return url ? { request: { url } } : { why: hasPosts(text) ? NO_ADDRESS : NO_COMMUNITY }
}

function requestedFeed(text: string, file: LeftFile, site: string | null): GuessedRequest {
  const url = feedAddress(text) ?? mirroredAddress(file.path, text) ?? (site && withSlash(site))
  if (!url) return { why: NO_ADDRESS }
  return { request: { url: /\/feed\/?$/.test(new URL(url).pathname) ? url : new URL('feed/', url).href } }
}

const NO_COMMUNITY =
  'It holds no posts of BuddyPress, and does not say which site it comes from. If it is of a community, give its address: --site URL.'

const isFeed = (text: string): boolean => /<(?:rss|feed|rdf:rdf)[\s>]/i.test(text.slice(0, 4096))

/** The feed of a group names itself, or the page that it belongs to. */
function feedAddress(text: string): string | null {
  const [channel = ''] = text.split(/<(?:item|entry)[\s>]/, 1)
  const self = channel.match(/<(?:atom:)?link\b[^<>]*>/gi)?.find(link => /\brel=["']self["']/i.test(link)) ?? ''
  const url = /\bhref=["'](https?:[^"']+)["']/i.exec(self)?.[1] ?? /<link>\s*(https?:[^<\s]+)/i.exec(channel)?.[1]
  return url && URL.canParse(url) ? new URL(url).href : null
}
