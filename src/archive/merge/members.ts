import type { Ways } from './entities.js'
import type { Named } from './names.js'
import { better } from './ranks.js'

export interface MemberRow extends Named {
  avatar_url: string | null
}

export const MEMBERS: Ways<MemberRow> = {
  kind: { table: 'members', native: 'member_id', referring: ['posts', 'events'] },
  columns: (s, site) =>
    `${s}.id, ${site} AS site_id, ${s}.member_id AS native, ${s}.slug, ${s}.name, ${s}.url, ${s}.first_seen_at, ${s}.last_seen_at,
      ${s}.avatar_url`,
  renamed: ['name', 'slug'],
  joined: (a, b) => ({
    avatar_url: better(a, b, row => [row.avatar_url !== null, row.last_seen_at, row.avatar_url]).avatar_url,
  }),
}
