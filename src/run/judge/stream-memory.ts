import type { Page } from '../../model/page.js'
import type { StreamTask } from '../../model/task.js'

/** What one run remembers between two pages of a stream. */
export class StreamMemory {
  private readonly streams = new Map<string, { shown: string; times: number; mixed: boolean }>()

  /** A stream that held items of other groups from its first page on (subgroups) may go on doing so. */
  mayBeMixed(task: StreamTask): boolean {
    return this.streams.get(task.home)?.mixed ?? true
  }

  /** How many pages before this one, in a row, showed the very same items. */
  note(task: StreamTask, page: Page): number {
    const items = page.posts.filter(post => post.parentId == null)
    const shown = items.map(post => post.id).join(' ')
    const last = this.streams.get(task.home)
    const times = shown !== '' && last?.shown === shown ? last.times + 1 : 0
    const mixed = items.some(post => post.group && post.group.slug !== task.groupSlug)
    this.streams.set(task.home, { shown, times, mixed: mixed || (last?.mixed ?? false) })
    return times
  }
}
