import { createHash } from 'node:crypto'
import type { StoredAuthor, StoredGroup } from '../model/archive.js'

/**
 * Identifiers of sites, posts, members and groups outside their site: the same in each export, and made of small letters, digits and
 * `-._=`, whatever a site calls its members and groups. No address of mail can be delivered: the top-level domain `.invalid` is
 * reserved (RFC 2606).
 */

/** Of a message: `<post-240@community.example>`. */
export const messageId = (site: string, post: string): string => `<${messageKey(site, post)}@${placeOf(site).host}>`

/** The name of a file of a message: `post-240.community.example`. */
export const messageName = (site: string, post: string): string =>
  shortened(`${messageKey(site, post)}.${placeOf(site).host}`, MAX_NAME)

/** `anna@community.example.invalid`; a deleted member, who has no slug: `member.44@…`. */
export function memberAddress(site: string, member: StoredAuthor | null): string {
  const own = member?.slug || (member?.id ? `member.${member.id}` : 'unknown.member')
  return `${atom(own.toLowerCase())}@${undeliverable(site)}`
}

/** `care@community.example.invalid` */
export const groupAddress = (site: string, group: StoredGroup): string =>
  `${atom(group.slug.toLowerCase())}@${undeliverable(site)}`

/** Of RFC 2919: `care.community.example.invalid`. */
export const listId = (site: string, group: StoredGroup): string =>
  `${atom(group.slug.toLowerCase())}.${undeliverable(site)}`

type Kind = 'post' | 'thread' | 'member' | 'group' | 'feed'

/** A tag URI (RFC 4151), which identifies and leads nowhere: `tag:community.example,2008:post/240`. BuddyPress is of 2008. */
export function tagUri(site: string, kind: Kind, id: string): string {
  const { host, folders } = placeOf(site)
  return `tag:${host},2008:${[...folders, kind, atom(id)].join('/')}`
}

const messageKey = (site: string, post: string): string =>
  shortened([`post-${atom(post)}`, ...placeOf(site).folders].join('.'), MAX_ATOM)

interface Place {
  host: string
  /** Port and folders, where a host has several sites. */
  folders: string[]
}

function placeOf(site: string): Place {
  const { hostname, port, pathname } = new URL(site)
  const host = hostname.replace(/[^a-z0-9._-]+/g, '-').replace(/^[.-]+|(?<![.-])[.-]+$/g, '')
  const folders = [port, ...pathname.split('/')].filter(part => part !== '').map(part => atom(part))
  return { host: shortened(host, 100) || 'unknown', folders }
}

function undeliverable(site: string): string {
  const { host, folders } = placeOf(site)
  const domain = [...folders.map(folder => folder.replaceAll('=', '-')).reverse(), host].join('.')
  return domain.endsWith('.invalid') ? domain : `${domain}.invalid`
}

/** Bytes of a file name, with room for what mail programs append. */
const MAX_NAME = 110
/** A local part may have 64 characters (RFC 5321). */
const MAX_ATOM = 60

/** Other characters become `=` and the hexadecimal digits of their bytes; so do capital letters, because file systems may ignore case. */
const atom = (text: string): string =>
  shortened(
    text.replace(/[^a-z0-9._-]|^\.|\.$|(?<=\.)\./gu, character => `=${Buffer.from(character).toString('hex')}`),
    MAX_ATOM,
  ) || 'none'

/** The end of a long text is replaced by its hash. */
const shortened = (text: string, length: number): string =>
  text.length <= length
    ? text
    : `${text.slice(0, length - 17)}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
