import type { Page } from '../../model/page.js'
import type { StreamTask } from '../../model/task.js'

/** State of each stream between two of its pages, within one run. */
export class StreamMemory {
  private readonly streams = new Map<string, { shown: string; times: number; mixed: boolean }>()

  /** True if pages of this stream had items of other groups (subgroups) before, or if this is its first page. */
  mayBeMixed(task: StreamTask): boolean {
    return this.streams.get(task.home)?.mixed ?? true
  }

  /** Adds a page. Returns the number of consecutive earlier pages with exactly the same items. */
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
