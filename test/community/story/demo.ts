import type { Community, DemoGroup, DemoMember } from '../community.js'
import { GARDEN_2023, GARDEN_2024, GARDEN_2025 } from './garden-threads.js'
import { COMMITTEE, REPAIR } from './repair-threads.js'
import { notice, type Told, tell } from './story.js'

/** All people, places and words are invented. */

const MEMBERS: DemoMember[] = [
  { id: 2, slug: 'amara', name: 'Amara Okafor' },
  { id: 3, slug: 'siobhan', name: "Siobhán O'Dowd" },
  { id: 4, slug: 'daryna', name: 'Дарина Шевчук' },
  { id: 5, slug: 'lin-meihui', name: '林美惠' },
  { id: 6, slug: 'yael', name: 'יעל בן־דוד' },
  { id: 7, slug: 'zoe', name: 'Zoë 🌻 Lindqvist' },
  { id: 8, slug: 'night-shift', name: 'R&D "Night" <3' },
  { id: 9, slug: 'tomas', name: 'Tomás Herrera' },
  { id: 10, slug: 'farhad', name: 'فرهاد نوری' },
  { id: 11, slug: 'bert', name: 'Bert Whitlock' },
  { id: 12, slug: 'priyanka', name: 'Priyanka Deshmukh' },
]

/** Wrote, moved to the coast, and had the account deleted: known to the posts, not to the member list. */
const GONE: DemoMember = { id: 18, slug: 'gone', name: '' }

const GROUPS: DemoGroup[] = [
  group(1, 'fox-hollow-gardeners', 'Fox Hollow Gardeners', 'amara', '2023-03-01T09:00:00Z', {
    description: 'Forty plots, one tap and a kettle. Everybody who grows something is welcome, windowsills included.',
  }),
  group(2, 'mend-and-make', 'Mend & Make: the “Repair Café”', 'tomas', '2023-09-01T18:00:00Z', {
    description: "Bring it broken, take it home whole. Every other Saturday, in St Brannoc's church hall.",
  }),
  group(3, 'committee-corner', "The Committee's Corner", 'amara', '2024-03-01T19:00:00Z', {
    status: 'private',
    description: 'Budgets, offers and waiting lists.',
  }),
  group(4, 'swap-shelf', 'Swap Shelf 📚', 'zoe', '2025-08-03T10:00:00Z', {
    description: 'Books, seeds and jam jars looking for a new home. Nothing on the shelf yet.',
  }),
]

function group(
  id: number,
  slug: string,
  name: string,
  by: string,
  createdAt: string,
  more: Partial<DemoGroup>,
): DemoGroup {
  const creatorId = MEMBERS.find(member => member.slug === by)?.id ?? 0
  return { id, slug, name, status: 'public', description: '', creatorId, createdAt, ...more }
}

const joined = (pairs: Record<string, string>): Told[] =>
  Object.entries(pairs).map(([by, at]) => notice(by, at, 'joined_group'))

const STORY: Record<string, Told[]> = {
  'fox-hollow-gardeners': [
    notice('amara', '2023-03-01T09:00', 'created_group'),
    ...joined({ bert: '2023-03-01T09:40', siobhan: '2023-03-02T12:00', 'lin-meihui': '2023-03-03T20:10' }),
    ...joined({ yael: '2023-04-30T08:15', farhad: '2023-05-01T08:15', priyanka: '2025-03-08T17:00' }),
    ...GARDEN_2023,
    ...GARDEN_2024,
    ...GARDEN_2025,
  ],
  'mend-and-make': [
    notice('tomas', '2023-09-01T18:00', 'created_group'),
    ...joined({ priyanka: '2023-09-02T07:30', siobhan: '2023-09-10T11:00' }),
    ...REPAIR,
  ],
  'committee-corner': [notice('amara', '2024-03-01T19:00', 'created_group'), ...COMMITTEE],
}

/** The community that `threadkeep demo` archives. */
export const DEMO: Community = {
  name: 'Fox Hollow Commons',
  groups: GROUPS,
  members: MEMBERS,
  posts: tell(STORY, [...MEMBERS, GONE], 101),
}
