import { livestamp } from '../clock.js'

/**
 * The date that the Legacy pack prints beside a reply. It is wrong on real sites, and so it is here: the template hands
 * the words "3 months, 1 week ago" to PHP's date parser, which counts them back from now on the calendar. What PHP
 * can't read ("right now", "sometime ago") gives an empty attribute.
 */
export function fakeLivestamp(relative: string, now: number): string {
  const parts = [...relative.matchAll(/(\d+) (year|month|week|day|hour|minute|second)/g)]
  if (parts.length === 0) return ''
  const back = (unit: string): number => Number(parts.find(part => part[2] === unit)?.[1] ?? 0)
  const date = new Date(now * 1000)
  const time = Date.UTC(
    date.getUTCFullYear() - back('year'),
    date.getUTCMonth() - back('month'),
    date.getUTCDate() - back('week') * 7 - back('day'),
    date.getUTCHours() - back('hour'),
    date.getUTCMinutes() - back('minute'),
    date.getUTCSeconds() - back('second'),
  )
  return livestamp(time / 1000)
}
