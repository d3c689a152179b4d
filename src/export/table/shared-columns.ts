import type { StoredAuthor, StoredGroup } from '../../model/archive.js'
import type { ValueSource } from '../../model/columns/value-facts.js'
import type { When } from '../../model/discussion.js'
import { knownDate } from '../../model/time.js'
import { knownAddress } from '../../model/unknown-site.js'
import { authorRecord } from '../record.js'
import type { Column } from './column.js'
import { SOURCES } from './sources.js'

/** Columns that several tables have, with the same names and meanings. Each function says where a row has the values. */

export const siteColumn = <Row>(siteOf: (row: Row) => string): Column<Row> => ({
  ...{ name: 'site', type: 'url', certainty: 'stated', meaning: 'base URL of the community, with a closing slash' },
  missing: 'the address is not known, as for a text that somebody copied',
  source: SOURCES.site,
  value: row => knownAddress(siteOf(row)),
})

export const urlColumn = <Row>(
  what: string,
  urlOf: (row: Row) => string | null,
  source: ValueSource = SOURCES.postUrl,
): Column<Row> => ({
  ...{ name: 'url', type: 'url', certainty: 'stated', meaning: `address of the ${what}`, source },
  missing: 'the address is not known',
  value: row => knownAddress(urlOf(row) ?? '') || null,
})

export const titleColumn = <Row>(titleOf: (row: Row) => string): Column<Row> => ({
  ...{ name: 'title', type: 'text', certainty: 'derived' },
  meaning: 'title of the thread, else the first words of its opening post',
  source: SOURCES.title,
  value: titleOf,
})

export const groupColumns = <Row>(groupOf: (row: Row) => StoredGroup | null): readonly Column<Row>[] => [
  {
    ...{ name: 'group_id', type: 'id', certainty: 'stated', meaning: 'id of the group on the site' },
    missing: 'no group, or no page showed the id',
    source: SOURCES.groupId,
    value: row => groupOf(row)?.id ?? null,
  },
  {
    ...{ name: 'group_slug', type: 'text', certainty: 'stated', meaning: 'name of the group in its URL' },
    missing: 'no group',
    source: SOURCES.groupSlug,
    value: row => groupOf(row)?.slug ?? null,
  },
  {
    ...{ name: 'group_name', type: 'text', certainty: 'stated', meaning: 'name of the group' },
    missing: 'no group, or no page showed the name',
    source: SOURCES.groupName,
    value: row => groupOf(row)?.name ?? null,
  },
]

export const authorColumns = <Row>(authorOf: (row: Row) => StoredAuthor | null): readonly Column<Row>[] => [
  {
    ...{ name: 'author_id', type: 'id', certainty: 'stated', meaning: 'id of the member on the site' },
    missing: 'no page showed it',
    source: SOURCES.authorId,
    value: row => authorRecord(authorOf(row))?.id ?? null,
  },
  {
    ...{ name: 'author_slug', type: 'text', certainty: 'stated', meaning: 'name of the member in URLs' },
    missing: 'no page showed it, or the member was deleted on the site',
    source: SOURCES.authorSlug,
    value: row => authorOf(row)?.slug ?? null,
  },
  {
    ...{ name: 'author_name', type: 'text', certainty: 'stated', meaning: 'name of the member as shown' },
    missing: 'no page showed it, or the member was deleted on the site',
    source: SOURCES.authorName,
    value: row => authorOf(row)?.name ?? null,
  },
]

export const whenColumns = <Row>(whenOf: (row: Row) => When): readonly Column<Row>[] => [
  {
    ...{ name: 'posted_at', type: 'time', certainty: 'stated', meaning: 'when it was written, to the second' },
    missing: 'only an interval is known: see the next two',
    source: SOURCES.when,
    value: row => knownDate(whenOf(row)),
  },
  {
    ...{ name: 'posted_from', type: 'time', certainty: 'bound' },
    meaning: 'not written before; equals `posted_at` if that is known',
    missing: 'no earliest time is known',
    source: SOURCES.when,
    value: row => whenOf(row).from,
  },
  {
    ...{ name: 'posted_to', type: 'time', certainty: 'bound' },
    meaning: 'not written after; equals `posted_at` if that is known',
    missing: 'no latest time is known',
    source: SOURCES.when,
    value: row => whenOf(row).to,
  },
]
