import type { Exporter } from '../exporter.js'
import { NOTICES } from '../exporter.js'
import { type Message, messagesOf } from './message.js'

/** All messages in one file (RFC 4155). No line of a message begins with `From `, so that none is changed. */
export const mbox: Exporter = {
  name: 'mbox',
  summary: 'posts as mail in one file, with the threads of the site, for mail programs and Python',
  extension: 'mbox',
  scope: 'archive',
  delivery: 'file',
  isFlat: true,
  leavesOut: NOTICES,
  tells: true,
  *render(threads, about) {
    for (const thread of threads) for (const message of messagesOf(thread, about)) yield entry(message)
  },
}

const entry = ({ date, text }: Message): string => `From threadkeep@localhost ${asctime(date)}\n${text}\n`

/** `Sun Mar 10 08:15:00 2019`, UTC. */
function asctime(date: Date): string {
  const [day = '', number = '', month, year, time] = date.toUTCString().split(' ')
  return `${day.slice(0, 3)} ${month} ${number.replace(/^0/, ' ')} ${time} ${year}`
}
