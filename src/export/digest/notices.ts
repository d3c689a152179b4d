import type { Paragraph } from 'mdast'
import type { Backlog, GroupNews } from '../../model/reports/digest.js'
import { day } from '../markdown/dates.js'
import { paragraph, text } from '../markdown/header.js'
import { listed } from '../text.js'
import { count } from './blocks.js'

const NOTICES: Record<string, (number: number) => string> = {
  joined_group: number => `${count(number, 'person', 'people')} joined the group`,
  created_group: number => (number === 1 ? 'the group was created' : `${number} groups were created`),
  group_details_updated: number => `the details of the group were changed${number === 1 ? '' : ` ${number} times`}`,
  new_member: number => count(number, 'new member'),
  new_avatar: number => count(number, 'new profile picture'),
  updated_profile: number => count(number, 'changed profile'),
  friendship_accepted: number => count(number, 'new friendship'),
  friendship_created: number => count(number, 'new friendship'),
}

/** Membership notices in one sentence. */
export function noticeSentence(notices: GroupNews['notices']): Paragraph[] {
  if (notices.length === 0) return []
  const words = listed(notices.map(({ type, count: number }) => NOTICES[type]?.(number) ?? count(number, 'notice')))
  return [paragraph([text(`${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`)])]
}

/** The posts of a first reading are counted, because they are in the archive but no news. */
export function backlogSentence(backlog: Backlog | null): Paragraph[] {
  if (!backlog) return []
  const { threads, replies, from, to } = backlog
  const parts = [threads > 0 ? count(threads, 'thread') : '', replies > 0 ? count(replies, 'reply', 'replies') : '']
  const dates =
    !from || !to
      ? ''
      : day(from) === day(to)
        ? `, written on ${day(from)}`
        : `, written between ${day(from)} and ${day(to)}`
  const words = `Read for the first time, and not listed here: ${listed(parts.filter(Boolean))}${dates}.`
  return [paragraph([text(words)])]
}
