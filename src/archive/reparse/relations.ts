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

/** To whom posts belong, and where they hang: rows of the rebuilt database in the numbers of the archive. */
export class RelationChanges {
  readonly groups: EntityMap
  readonly members: EntityMap

  constructor(
    private readonly live: Statements,
    scratch: Statements,
    writes: boolean,
  ) {
    this.groups = new EntityMap(live, scratch, GROUPS, writes)
    this.members = new EntityMap(live, scratch, MEMBERS, writes)
  }

  /** `certain`: what no capture says is not so. */
  of(live: FullRow, built: FullRow, certain: boolean): PostRelations {
    const ties = this.placeOf(live, built, certain)
    const group = this.groups.of(built.group_id)
    const member = this.members.of(built.member_id)
    if (differs(group, live.group_id) && (group !== null || certain)) {
      ties.columns.group_id = group?.id ?? null
      ties.fields.push(change('group', this.groups.nameOf(live.group_id), group?.name))
    }
    // A view that names no author takes none away.
    if (member !== null && differs(member, live.member_id)) {
      ties.columns.member_id = member.id
      ties.fields.push(change('author', this.members.nameOf(live.member_id), member.name))
    }
    return ties
  }

  private placeOf(live: FullRow, built: FullRow, certain: boolean): PostRelations {
    const ties: PostRelations = { columns: {}, fields: [] }
    const isNamed = live.parent_named === 1
    const isLost = built.parent === null || (isNamed && built.parent_named === 0)
    const knowsLess = (!certain && isLost) || seesLess(live.thread_view, built)
    if (!knowsLess) ties.columns.parent_named = built.parent_named ?? 0
    if (!knowsLess && built.parent !== live.parent) {
      ties.columns.parent_id = idOf(this.live, live.site_key, built.parent)
      ties.fields.push(change('parent', live.parent, built.parent))
    }
    if (built.thread !== live.thread) {
      ties.columns.thread_id = idOf(this.live, live.site_key, built.thread) ?? live.thread_id
      ties.fields.push(change('thread', live.thread, built.thread))
    }
    return ties
  }
}

const differs = (one: Counterpart | null, id: number | null): boolean => (one === null ? id !== null : one.id !== id)
