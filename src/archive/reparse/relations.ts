import type { FieldChange } from '../../model/reports/reparse.js'
import type { Statements } from '../database/statements.js'
import { type Counterpart, EntityMap, GROUPS, MEMBERS } from './entity-map.js'
import { change } from './field-changes.js'
import type { Columns } from './field-rules.js'
import { type FullRow, idOf, seesLess } from './rows.js'

export interface PostRelations {
  columns: Columns
  fields: FieldChange[]
}

/** Changes of a post's group, author, thread and parent, in row ids of the archive. */
export class RelationChanges {
  readonly groups: EntityMap
  readonly members: EntityMap

  constructor(
    private readonly live: Statements,
    shadow: Statements,
    writes: boolean,
  ) {
    this.groups = new EntityMap(live, shadow, GROUPS, writes)
    this.members = new EntityMap(live, shadow, MEMBERS, writes)
  }

  /** `certain`: a value that no capture shows is wrong. */
  of(live: FullRow, built: FullRow, certain: boolean): PostRelations {
    const relations = this.treeChanges(live, built, certain)
    const group = this.groups.of(built.group_id)
    const member = this.members.of(built.member_id)
    const isNewer = (seenAt: 'group_seen_at' | 'member_seen_at') =>
      certain || (built[seenAt] ?? '') >= (live[seenAt] ?? '')
    if (differs(group, live.group_id) && (group !== null || certain) && isNewer('group_seen_at')) {
      relations.columns.group_id = group?.id ?? null
      relations.fields.push(change('group', this.groups.nameOf(live.group_id), group?.name))
    }
    // A view without an author does not remove the author.
    if (member !== null && differs(member, live.member_id) && isNewer('member_seen_at')) {
      relations.columns.member_id = member.id
      relations.fields.push(change('author', this.members.nameOf(live.member_id), member.name))
    }
    return relations
  }

  private treeChanges(live: FullRow, built: FullRow, certain: boolean): PostRelations {
    const relations: PostRelations = { columns: {}, fields: [] }
    const isNamed = live.parent_named === 1
    const isLost = built.parent === null || (isNamed && built.parent_named === 0)
    // A capture that is withheld, or older than the date asked for, may have shown more.
    const isOlder = !certain && (built.thread_seen_at ?? '') < (live.thread_seen_at ?? '')
    const knowsLess = (!certain && isLost) || isOlder || seesLess(live.thread_view, built)
    if (!knowsLess) relations.columns.parent_named = built.parent_named ?? 0
    if (!knowsLess && built.parent !== live.parent) {
      relations.columns.parent_id = idOf(this.live, live.site_key, built.parent)
      relations.fields.push(change('parent', live.parent, built.parent))
    }
    if (built.thread !== live.thread && !isOlder) {
      relations.columns.thread_id = idOf(this.live, live.site_key, built.thread) ?? live.thread_id
      relations.fields.push(change('thread', live.thread, built.thread))
    }
    return relations
  }
}

const differs = (one: Counterpart | null, id: number | null): boolean => (one === null ? id !== null : one.id !== id)
