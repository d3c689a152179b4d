import type { ArchiveReader, StoredAuthor } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import type { KnownPerson } from '../../model/people/known-person.js'
import type { KeyStore, PseudonymKey } from '../../model/people/pseudonyms.js'
import { siteKey } from '../../model/urls.js'
import { isNameLike, withLinkWords } from './link-words.js'
import { NameFinder, type Pseudonym, SOMEBODY } from './name-finder.js'
import { addNames } from './name-forms.js'
import type { GivenNames } from './names-list.js'
import { foldSlug, type Hash, hashWith, numberPeople } from './numbering.js'
import { folded } from './words.js'

/** Who has which pseudonym in one archive, and all names that stand for it in texts. */
export class Pseudonyms {
  /** Names that texts keep, because they are also common words, or too short. */
  readonly left: readonly string[]
  readonly finder = new NameFinder()
  private readonly ids = new Map<string, Pseudonym>()
  private readonly slugs = new Map<string, Pseudonym>()
  private readonly names = new Map<string, Pseudonym>()
  private readonly keys = new Map<string, string>()
  /** Names and slugs by pseudonym. */
  private readonly called = new Map<string, Set<string>>()

  private constructor(
    people: readonly KnownPerson[],
    numbers: readonly number[],
    readonly hash: Hash,
    given: GivenNames,
    texts: Iterable<string>,
  ) {
    const known = people.map((person, at) => ({ person, who: pseudonymOf(numbers[at] ?? 0) }))
    for (const { person, who } of known) this.index(person, who, person.slugs.slice(0, 1))
    for (const { person, who } of known) this.index(person, who, person.slugs.slice(1))
    this.left = addNames(this.finder, known, texts, given)
    for (const { name, member } of given.names)
      this.finder.add(name, member === null ? SOMEBODY : this.memberNamed(member))
  }

  /** Numbers all people of the archive, and keeps the numbers in the key. */
  static of(archive: ArchiveReader, keys: KeyStore, given: GivenNames): Pseudonyms {
    const people = withLinkWords([...(archive.people?.() ?? [])])
    const real = new Set(people.flatMap(({ slugs, names }) => [...slugs, ...names].map(name => name.toLowerCase())))
    const isTaken = (number: number): boolean => {
      const { name, slug } = pseudonymOf(number)
      return real.has(name.toLowerCase()) || real.has(slug)
    }
    let numbers: readonly number[] = []
    const key = keys.update((present: PseudonymKey) => {
      const numbered = numberPeople(withSites(present, people, keys), people, isTaken)
      numbers = numbered.numbers
      return numbered.key
    })
    return new Pseudonyms(people, numbers, hashWith(key), given, archive.texts?.() ?? [])
  }

  /** Of the author of a post. Who is not among the people of the archive gets a name of hexadecimal digits, which is also stable. */
  ofAuthor(site: string, { id, slug, name }: Pick<StoredAuthor, 'id' | 'slug' | 'name'>): Pseudonym {
    const key = this.keyOf(site)
    const known = (id === null ? undefined : this.ids.get(`${key} ${id}`)) ?? this.ofSlug(site, slug)
    return known ?? this.names.get(`${key} ${name}`) ?? this.unknown(site, id ?? slug ?? name ?? '')
  }

  /** Null: no member of the site has this slug. */
  ofSlug(site: string, slug: string | null): Pseudonym | null {
    return slug === null ? null : (this.slugs.get(`${this.keyOf(site)} ${foldSlug(slug)}`) ?? null)
  }

  ofId(site: string, id: string): Pseudonym | null {
    return this.ids.get(`${this.keyOf(site)} ${id}`) ?? null
  }

  /** Whether these words of a link to her profile are a name of hers: one that is known, or where none is known, what looks like one. */
  isCalled({ slug }: Pseudonym, words: string): boolean {
    const known = this.called.get(slug)
    return known ? known.has(folded(words.replace(/^@/, ''))) : isNameLike(words.replace(/^@/, ''))
  }

  /** Slugs, ids and names of whom this pseudonym stands for. */
  realNames(pseudonym: string): string[] {
    const wanted = pseudonym.toLowerCase()
    const isWanted = ({ name, slug }: Pseudonym) => name.toLowerCase() === wanted || slug === wanted
    const keys = [this.slugs, this.ids, this.names].flatMap(index => [...index].filter(([, who]) => isWanted(who)))
    return [...new Set(keys.map(([key]) => key.slice(key.indexOf(' ') + 1)))]
  }

  unknown(site: string, what: string): Pseudonym {
    const digits = this.hash(this.keyOf(site), 'unknown', what.toLowerCase()).slice(0, 10)
    return { name: `Member ${digits}`, slug: `member-${digits}` }
  }

  /** A selection may name members and groups: what tells it from others is enough. Empty, as it is given, where nothing was selected. */
  ofSelection(selection: string): string {
    return selection === '' ? '' : `selection-${this.hash('selection', selection).slice(0, 12)}`
  }

  private index({ sites, id, names }: KnownPerson, who: Pseudonym, slugs: readonly string[]): void {
    if (names.length > 0)
      this.called.set(
        who.slug,
        new Set([...(this.called.get(who.slug) ?? []), ...names.map(folded), ...slugs.map(foldSlug)]),
      )
    for (const site of sites.map(one => this.keyOf(one))) {
      if (id !== null && !this.ids.has(`${site} ${id}`)) this.ids.set(`${site} ${id}`, who)
      for (const slug of slugs)
        if (!this.slugs.has(`${site} ${foldSlug(slug)}`)) this.slugs.set(`${site} ${foldSlug(slug)}`, who)
      for (const name of names) if (!this.names.has(`${site} ${name}`)) this.names.set(`${site} ${name}`, who)
    }
  }

  /** `member`: a slug, an id or a name, of any site. */
  private memberNamed(member: string): Pseudonym {
    for (const [index, wanted] of [
      [this.slugs, foldSlug(member)],
      [this.names, member],
      [this.ids, member],
    ] as const)
      for (const [key, who] of index) if (key.slice(key.indexOf(' ') + 1) === wanted) return who
    return this.finder.matches(member)[0]?.who ?? SOMEBODY
  }

  private keyOf(site: string): string {
    const known = this.keys.get(site) ?? (URL.canParse(site) ? siteKey(site) : site)
    this.keys.set(site, known)
    return known
  }
}

/** @throws UsageError if the key was only used for archives of other sites. */
function withSites(key: PseudonymKey, people: readonly KnownPerson[], { name, isShared }: KeyStore): PseudonymKey {
  const hash = hashWith(key)
  const sites = new Set(people.flatMap(person => person.sites.map(site => hash('site', siteKey(site)))))
  const isOther = key.sites.length > 0 && sites.size > 0 && !key.sites.some(site => sites.has(site))
  if (isOther && !isShared)
    throw new UsageError(
      `The key file ${name} belongs to another project: it was used for other communities only.`,
      'Name another file, which is made; or share the key on purpose: --share-key',
    )
  return { ...key, sites: [...new Set([...key.sites, ...[...sites].sort()])] }
}

/** `Member 017` */
function pseudonymOf(number: number): Pseudonym {
  const digits = String(number).padStart(3, '0')
  return { name: `Member ${digits}`, slug: `member-${digits}` }
}
