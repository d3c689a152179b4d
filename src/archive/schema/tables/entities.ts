import { integer, maybeInteger, maybeText, maybeTo, type RowOf, since, type Table, text, to } from '../describe.js'
import { SEEN } from './common.js'

export const SITES = {
  name: 'sites',
  about: 'The archived sites.',
  label: 'name',
  columns: {
    id: integer('Number of the row.'),
    key: text('Host without www., port and base path: identifies the site.', 'identity'),
    url: text('Address of the site.', 'url'),
    name: maybeText('Name of the site.', 'names'),
    timezone: since(7, maybeText('Its time zone: Europe/Berlin, or an offset such as +05:30.', 'last')),
  },
} as const satisfies Table

export const GROUPS = {
  name: 'groups',
  about: 'The groups of the sites.',
  label: 'name',
  columns: {
    id: integer('Number of the row.'),
    site_id: to('sites', 'The site.', 'identity'),
    site_group_id: maybeText("The site's own id.", 'identity'),
    slug: text('Its name in URLs.', 'names'),
    name: maybeText('Its name.', 'names'),
    url: text('Its address.', 'names'),
    status: maybeText<'public' | 'private' | 'hidden'>('public, private or hidden; empty: not known.', 'details'),
    description: maybeText('Its description.', 'details'),
    access: maybeText<'members' | 'open'>('members: this reader may not see its posts.', 'greatest'),
    ...SEEN,
    named_at: maybeText('When a reading last showed both its name and its slug.', 'names'),
    stream_read_at: maybeText('When its stream was last read to the proven end.', 'reading'),
    stream_capture_id: maybeTo(
      'captures',
      'The last page of its stream, when that was last read to the end.',
      'reading',
    ),
    left_out: integer('Number of items in its stream that could not be parsed in the last pass.', 'reading'),
    rotation_page: maybeInteger('Large groups: page of the stream at which the rotation of a sync continues.'),
    rotated_at: maybeText('Large groups: when the rotation last read a page.'),
    described_at: since(4, maybeText('When a reading last showed its status or its description.', 'details')),
  },
} as const satisfies Table

export type GroupRow = RowOf<typeof GROUPS>

export const MEMBERS = {
  name: 'members',
  about: 'Authors and other members, as the sites show them.',
  label: 'name',
  columns: {
    id: integer('Number of the row.'),
    site_id: to('sites', 'The site.', 'identity'),
    site_member_id: maybeText("The site's own id.", 'identity'),
    slug: maybeText('The name in URLs.', 'names'),
    name: maybeText('Empty: deleted on the site, or erased from the archive.', 'names'),
    url: maybeText('Address of the profile.', 'names'),
    avatar_url: maybeText('Address of the picture.', 'names'),
    ...SEEN,
    named_at: maybeText('When a reading last showed both its name and its slug.', 'names'),
    forgotten_at: maybeText('When this member was erased from the archive.', 'latest'),
    forgotten_marks: maybeText('JSON: salt, hashes and numbers of words of the erased names.', 'names'),
  },
} as const satisfies Table

export type MemberRow = RowOf<typeof MEMBERS>
