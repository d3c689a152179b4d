import type { FeedTask } from '../../../model/task.js'

/** Feeds of a site that are requested at first: the others only if one of these can be read. A site may close all of them. */
export const FIRST = 3

/** The first of these tasks, which lead to the others. They differ in their addresses only. */
export function firstFeeds(tasks: readonly FeedTask[]): FeedTask[] {
  const rest = tasks.slice(FIRST).map(({ request }) => request.url)
  return tasks.slice(0, FIRST).map(task => (rest.length > 0 ? { ...task, rest } : task))
}

/** The other tasks, once one could be read. */
export const restOfFeeds = ({ rest = [], ...task }: FeedTask): FeedTask[] =>
  rest.map(url => ({ ...task, request: { ...task.request, url } }))
