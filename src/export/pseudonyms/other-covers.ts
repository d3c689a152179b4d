import { byTypedLabel } from '../../model/columns/post-labels.js'
import type { Attachment, Instant, Link, When } from '../../model/discussion.js'
import { wordsOfMarkup } from '../../model/markup/words-of-markup.js'
import { UNKNOWN_SITE } from '../../model/unknown-site.js'
import { DROPPED } from '../body/hast.js'
import { coveredBody } from './body.js'
import { type Cover, maybe, NO_TYPED_LABELS, type Words } from './cover.js'
import type { NeutralFiles } from './files.js'
import type { Hash } from './numbering.js'
import { type Replacement, replaced } from './texts.js'
import { wordsOf } from './words.js'

/** Times are months, in UTC: a month of another zone would begin in the month before. */
export const byMonth = (cover: Cover): Cover => ({
  ...cover,
  at: at => monthOf(cover.at(at)),
  when: when => monthsOf(cover.when(when)),
  timezone: () => null,
  precision: 'month',
})

/** The beginning of the month. */
const monthOf = (at: Instant): Instant => `${at.slice(0, 7)}-01T00:00:00Z`

/** From the beginning of the first month to the end of the last one. */
const monthsOf = ({ from, to }: When): When => ({ from: from && monthOf(from), to: to && endOfMonth(to) })

function endOfMonth(at: Instant): Instant {
  const next = new Date(Date.UTC(Number(at.slice(0, 4)), Number(at.slice(5, 7)), 1) - 1000)
  return `${next.toISOString().slice(0, 19)}Z`
}

/** The id that an export shows in place of the site's own. */
export type OtherId = (own: string, site: string) => string

export const otherIdWith =
  (hash: Hash): OtherId =>
  (own, site) =>
    `p${hash('post', site, own).slice(0, 12)}`

/**
 * Ids say nothing of the site, nor of the order in which posts were written; addresses of posts and threads, which hold the ids, are absent,
 * in texts, too.
 */
export function withOtherIds(cover: Cover, hash: Hash, originals: Map<string, string>): Cover {
  const otherId = otherIdWith(hash)
  const id = (own: string, site: string): string => {
    const other = otherId(own, site)
    originals.set(other, own)
    return other
  }
  return {
    ...cover,
    id,
    url: () => UNKNOWN_SITE,
    target: url => (POST.test(url) ? UNKNOWN_SITE : cover.target(url)),
    post: (words, site) => ({ ...withoutPostLinks(cover.post(words, site)), url: UNKNOWN_SITE }),
    title: (title, author, site) => withoutAddresses(cover.title(title, author, site), isOfPost),
    line: (text, site) => withoutAddresses(cover.line(text, site), isOfPost),
  }
}

/** The address of a post or thread, by its id. */
const POST = /\/activity\/(?:p\/)?\d+|\/(?:p|topic|reply)\/\d+|[?&#](?:p|acomment|activity|post|topic|reply)[-=]\d+/
const isOfPost = (url: string): boolean => POST.test(url)

function withoutPostLinks(words: Words): Words {
  const { html, text, heading, links, attachments } = words
  const line = (one: string) => withoutAddresses(one, isOfPost)
  return {
    ...words,
    html: isOfPost(html) ? withoutHrefs(html) : html,
    text: line(text),
    heading: heading && line(heading),
    ...byTypedLabel(name => maybe(words[name], line)),
    links: links.filter(({ url }) => !isOfPost(url)),
    attachments: attachments.filter(({ kind, url }) => kind !== 'embed' || !isOfPost(url)),
  }
}

const withoutHrefs = (html: string): string =>
  coveredBody(html, {
    words: text => addressesIn(text, isOfPost),
    profileOf: () => null,
    href: href => (isOfPost(href) ? null : href),
    src: src => src,
  }).html

/** Nothing leads back to the site: no addresses of posts, groups and members, and none in texts. */
export function withoutLinks(cover: Cover, files: NeutralFiles): Cover {
  return {
    ...cover,
    author: (author, site) => ({ ...cover.author(author, site), url: null }),
    group: (group, site) => {
      const covered = cover.group(group, site)
      return { ...covered, url: `${UNKNOWN_SITE}groups/${covered.slug}/` }
    },
    post: (words, site) => unlinked(cover.post(words, site), files),
    title: (title, author, site) => withoutAddresses(cover.title(title, author, site)),
    line: (text, site) => withoutAddresses(cover.line(text, site)),
    url: () => UNKNOWN_SITE,
    target: () => UNKNOWN_SITE,
  }
}

function unlinked(words: Words, files: NeutralFiles): Words {
  const { html } = coveredBody(words.html, {
    words: text => addressesIn(text),
    profileOf: () => null,
    href: () => null,
    src: src => (URL.canParse(src) ? neutral(src, 'image', files) : null),
  })
  return {
    html,
    text: withoutAddresses(words.text),
    heading: words.heading && withoutAddresses(words.heading),
    ...byTypedLabel(name => maybe(words[name], text => withoutAddresses(text))),
    url: UNKNOWN_SITE,
    links: words.links.flatMap(unlinkedMention),
    attachments: words.attachments.flatMap(file => unlinkedFile(file, files)),
  }
}

/** Who is mentioned stays known: by an address that no output shows. */
function unlinkedMention({ kind, url, text }: Link): Link[] {
  const slug = url.split(/[?#]/, 1)[0]?.split('/').filter(Boolean).at(-1) ?? ''
  return kind === 'mention' ? [{ kind, url: `${UNKNOWN_SITE}members/${slug}/`, text }] : []
}

const unlinkedFile = ({ kind, url, name }: Attachment, files: NeutralFiles): Attachment[] =>
  kind === 'embed' ? [] : [{ kind, url: neutral(url, kind, files), name: name && withoutAddresses(name) }]

const neutral = (url: string, kind: string, files: NeutralFiles): string =>
  files.original(url) === null ? files.cover(url, kind) : url

const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"]+/gi

const addressesIn = (text: string, isOut = (_url: string): boolean => true): Replacement[] =>
  [...text.matchAll(ADDRESS)].flatMap(({ 0: address, index }) =>
    isOut(address) ? [{ start: index, end: index + address.length, by: '[link]' }] : [],
  )

const withoutAddresses = (text: string, isOut?: (url: string) => boolean): string =>
  replaced(text, addressesIn(text, isOut))

/** Nobody can search for a sentence: of a text only its length stays. */
export const withoutTexts = (cover: Cover): Cover => ({
  ...cover,
  post: (words, site) => {
    const { text, html, url, links, attachments } = cover.post(words, site)
    return {
      html: '',
      text: lengthOf(text === '' ? wordsOfMarkup(html, DROPPED) : text),
      heading: null,
      ...NO_TYPED_LABELS,
      url: withoutTitle(url),
      links: links.filter(({ kind }) => kind === 'mention'),
      attachments: attachments.map(file => ({ ...file, name: null })),
    }
  },
  title: () => '(text left out)',
  url: (url, site) => withoutTitle(cover.url(url, site)),
  target: url => (OF_TOPIC.test(url) ? UNKNOWN_SITE : cover.target(url)),
})

/** The address of a topic or reply, as a target of a run, in which words of the title follow. */
const OF_TOPIC =
  /\/(?:topics?|repl(?:y|ies)|threads?|discussions?|thema|themen|sujets?|temas?|temat|onderwerp|argomento|тема|%d1%82%d0%b5%d0%bc%d0%b0)\/(?!\d+(?:[/?#]|$))[^/?#]|[?&](?:topic|reply)=(?!\d+(?:[&#]|$))/i

/** The address of a post or thread is kept where it ends in a number: other ones, of topics of a forum, are made of the title's words. */
function withoutTitle(url: string): string {
  if (!URL.canParse(url) || OF_TOPIC.test(url)) return UNKNOWN_SITE
  const { pathname, search } = new URL(url)
  const path = pathname.replace(/\/page\/\d+\/?$/, '')
  return /\/\d+\/?$/.test(path) ||
    /[?&](?:\w*(?:p|id|comment|activity|topic|reply)|bp_\w*variables(?:\[\d*\]|%5B\d*%5D)*)=\d+(?:&|$)/i.test(search)
    ? url
    : UNKNOWN_SITE
}

function lengthOf(text: string): string {
  let count = 0
  for (const _ of wordsOf(text)) count++
  return count === 0 ? '' : `[${count} ${count === 1 ? 'word' : 'words'}]`
}
