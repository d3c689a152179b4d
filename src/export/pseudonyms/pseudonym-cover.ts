import type { StoredAuthor, StoredGroup } from '../../model/archive.js'
import { byTypedLabel } from '../../model/columns/post-labels.js'
import type { Attachment, Link } from '../../model/discussion.js'
import { isUnknownAddress, UNKNOWN_SITE } from '../../model/unknown-site.js'
import { type Addresses, isAvatar } from './addresses.js'
import { coveredBody } from './body.js'
import { type Cover, maybe, NO_COVER, type Words } from './cover.js'
import type { NeutralFiles } from './files.js'
import type { Pseudonym } from './name-finder.js'
import type { Pseudonyms } from './pseudonyms.js'
import type { Texts } from './texts.js'

/** Puts pseudonyms in the place of all that names a member. */
export class PseudonymCover {
  private readonly groups = new Map<string, StoredGroup>()
  private readonly addressesOfGroups = new Set<string>()

  constructor(
    private readonly people: Pseudonyms,
    private readonly addresses: Addresses,
    private readonly texts: Texts,
    private readonly files: NeutralFiles,
  ) {}

  cover(): Cover {
    return {
      ...NO_COVER,
      author: (author, site) => this.author(author, site),
      group: (group, site) => this.group(group, site),
      post: (words, site) => this.post(words, site),
      title: (title, author, site) => this.title(title, author, site),
      line: (text, site) => this.texts.covered(text, site),
      url: (url, site) => this.url(url, site),
      target: url => this.url(url, url),
      reader: name => name.replace(/@.*/s, ''),
    }
  }

  /** Everybody has a name, also who was deleted on the site. */
  private author(author: StoredAuthor, site: string): StoredAuthor {
    const { name, slug } = this.people.ofAuthor(site, author)
    return { id: slug, slug, name, url: author.url === null ? null : this.profile(author.url, slug, site) }
  }

  private profile(url: string, slug: string, site: string): string {
    const covered = this.addresses.profileOf(url, site) ? this.addresses.cover(url, site) : null
    return covered ?? `${UNKNOWN_SITE}members/${slug}/`
  }

  /** Two groups keep two addresses. */
  private group(group: StoredGroup, site: string): StoredGroup {
    const known = this.groups.get(group.url)
    if (known) return known
    const url = this.url(group.url, site)
    const isFree = !this.addressesOfGroups.has(url)
    const covered = {
      id: group.id,
      slug: this.addresses.slug(group.slug) + (isFree ? '' : `-${this.groups.size}`),
      name: group.name && this.texts.covered(group.name, site),
      url: isFree ? url : `${url}#${this.groups.size}`,
    }
    this.groups.set(group.url, covered)
    this.addressesOfGroups.add(url)
    return covered
  }

  /** Notices begin with the name of who did it, which may be a common word. */
  private title(title: string, author: StoredAuthor | null, site: string): string {
    const name = author?.name
    if (author && name && title.startsWith(`${name} `))
      return this.people.ofAuthor(site, author).name + this.texts.covered(title.slice(name.length), site)
    return this.texts.covered(title.replace(CUT_LETTERS, '…'), site)
  }

  private url(url: string, site: string): string {
    return isUnknownAddress(url) ? url : (this.addresses.cover(url, site) ?? UNKNOWN_SITE)
  }

  private post(words: Words, site: string): Words {
    const base = URL.canParse(words.url) ? words.url : site
    const names = this.localNames(words.links, base)
    const body = coveredBody(words.html, {
      words: text => this.texts.replacements(text, site, names),
      profileOf: href => this.addresses.profileOf(href, base),
      href: href => this.link(href, base),
      src: src => this.picture(src, base),
    })
    for (const [name, who] of body.names) if (this.people.isCalled(who, name)) names.set(name, who)
    const line = (text: string) => this.texts.covered(text, site, names)
    return {
      html: body.html,
      text: line(words.text),
      heading: words.heading && line(words.heading),
      ...byTypedLabel(name => maybe(words[name], line)),
      url: this.url(words.url, site),
      links: words.links.flatMap(link => this.storedLink(link, base, line)),
      attachments: words.attachments.flatMap(file => this.attachment(file, base, line)),
    }
  }

  private localNames(links: readonly Link[], base: string): Map<string, Pseudonym> {
    const names = new Map<string, Pseudonym>()
    for (const { url, text } of links) {
      const who = this.addresses.profileOf(url, base)
      if (who && text.trim() !== '' && this.people.isCalled(who, text.trim())) names.set(text.trim(), who)
    }
    return names
  }

  private link(href: string, base: string): string | null {
    if (href.trim() === '' || !URL.canParse(href, base)) return null
    const { href: whole, pathname } = new URL(href, base)
    if (isAvatar(whole)) return null
    return UPLOAD.test(pathname) ? this.files.cover(whole, 'file') : this.addresses.cover(whole, base)
  }

  private picture(src: string, base: string): string | null {
    if (!URL.canParse(src, base)) return null
    const { href, protocol } = new URL(src, base)
    return isAvatar(href) || !/^https?:$/.test(protocol) ? null : this.files.cover(href, 'image')
  }

  private storedLink({ kind, url, text }: Link, base: string, line: (text: string) => string): Link[] {
    const covered = this.link(url, base)
    const who = this.addresses.profileOf(url, base)
    const words = who ? (text.trim().startsWith('@') ? `@${who.slug}` : who.name) : line(text)
    return covered === null ? [] : [{ kind, url: covered, text: words }]
  }

  private attachment(file: Attachment, base: string, line: (text: string) => string): Attachment[] {
    const { kind, url, name } = file
    if (isAvatar(url) || !URL.canParse(url, base)) return []
    const whole = new URL(url, base).href
    const covered = kind === 'embed' ? this.addresses.cover(whole, base) : this.files.cover(whole, kind)
    return covered === null ? [] : [{ kind, url: covered, name: name && line(name) }]
  }
}

/** A file that somebody has uploaded. */
const UPLOAD =
  /\/uploads\/|\.(?:jpe?g|png|gif|webp|svg|avif|heic|pdf|docx?|xlsx?|pptx?|od[tsp]|zip|mp[34]|m4a|ogg|webm|mov)$/i

/** A title of a script without spaces is cut anywhere, also within a name: its last letters go. */
const CUT_LETTERS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{1,4}…$/u
