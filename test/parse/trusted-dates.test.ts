import { expect, it } from 'vitest'
import { parseItems } from './markup.js'

/** Each place of the markup holds another hour: the hour that is read shows which place was trusted. */
const unix = (hour: number): number => 1_720_000_000 + hour * 3600
const iso = (hour: number): string => new Date(unix(hour) * 1000).toISOString().slice(0, 19)

const timestamp = (hour: number): string => `data-bp-timestamp="${unix(hour)}"`
const livestamp = (hour: number): string => `data-livestamp="${iso(hour)}+0000"`
const recorded = (hour: number): string => `date-recorded-${unix(hour)}`
const datetime = (hour: number): string => `datetime="${iso(hour).replace('T', ' ')}"`
const editData = (hour: number): string => `"date_recorded":"${iso(hour).replace('T', ' ')}"`

interface Ladder {
  template: string
  of: 'items' | 'replies'
  /** The most trusted first. */
  rungs: ((hour: number) => string)[]
  html(rungs: string[]): string
}

const AGO = '>1 year ago</span>'
const legacy = ([attributes, live, date]: string[], replies = '') =>
  `<li class="groups activity_update ${date}" id="activity-1" ${attributes}><div class="activity-header"><p>
  <span class="time-since" ${live}${AGO}</p></div><div class="activity-inner">x</div><ul>${replies}</ul></li>`
const reply = (attributes: string, date: string) =>
  `<li id="acomment-2" ${attributes}><div class="acomment-meta">${date}</div><div class="acomment-content">y</div></li>`
const bossReply = ([li = '', stamp, live, time]: string[]) =>
  reply(`data-bp-activity-comment="{}" ${li}`, `<span class="time-since" ${stamp} ${live} ${time}${AGO}`)

const LADDERS: Ladder[] = [
  { template: 'legacy', of: 'items', rungs: [livestamp, recorded], html: rungs => legacy(['', ...rungs]) },
  {
    ...{ template: 'nouveau', of: 'items', rungs: [timestamp, livestamp, recorded] },
    html: ([stamp, ...rungs]) => legacy([`data-bp-activity-id="1" ${stamp}`, ...rungs]),
  },
  {
    ...{ template: 'nouveau', of: 'replies', rungs: [timestamp, datetime] },
    html: ([stamp, time]) =>
      legacy(
        ['data-bp-activity-id="1"'],
        // What Legacy makes up is never believed.
        reply('', `<time class="time-since" ${livestamp(99)} ${stamp} ${time}>1 year ago</time>`),
      ),
  },
  {
    ...{ template: 'buddyboss', of: 'items', rungs: [timestamp, editData, livestamp, recorded] },
    html: ([stamp, edit, ...rungs]) => legacy([`${stamp} data-bp-activity='{${edit}}'`, ...rungs]),
  },
  {
    ...{ template: 'buddyboss', of: 'replies', rungs: [timestamp, timestamp, livestamp, datetime] },
    html: rungs => legacy(["data-bp-activity='{}'"], bossReply(rungs)),
  },
  {
    ...{ template: 'readylaunch', of: 'items', rungs: [timestamp, editData, livestamp] },
    html: ([stamp, edit, live]) =>
      `<li class="groups activity_update" id="bb-rl-activity-1" ${stamp} data-bp-activity='{${edit}}'>
      <div class="bb-rl-activity-header"><span class="time-since" ${live}${AGO}</div><div class="bb-rl-activity-inner">x</div></li>`,
  },
  {
    ...{ template: 'socialv', of: 'items', rungs: [livestamp, recorded] },
    html: ([live, date]) =>
      `<li class="groups activity_update socialv-activity-parent ${date}" id="activity-1">
      <div class="socialv-activity-header"><span class="time-since" ${live}${AGO}</div><div class="activity-inner">x</div></li>`,
  },
  {
    ...{ template: 'templatepack', of: 'items', rungs: [livestamp, recorded] },
    html: ([live, date]) =>
      `<li class="groups activity_update ${date}" id="bp-activity-1"><div class="activity-timestamp"><a href="/activity/p/1/">
      <span ${live}${AGO}</a></div><div class="activity-inner">x</div></li>`,
  },
  {
    ...{ template: 'youzify', of: 'items', rungs: [livestamp, recorded] },
    html: ([live, date]) =>
      `<li class="groups activity_update ${date}" id="activity-1"><div class="activity-content"><div class="activity-header">
      <div class="activity-head"></div><div class="youzify-timestamp-area"><a href="/activity/p/1/"><span ${live}${AGO}</a></div></div>x</div></li>`,
  },
]

/** What is read where the first so many places are missing. */
function readWithout({ rungs, html }: Ladder, missing: number) {
  const page = parseItems(html(rungs.map((rung, hour) => (hour < missing ? '' : rung(hour)))))
  return { template: page.template, when: page.posts.at(-1)?.when }
}

it.each(LADDERS)('$template, $of: the most trusted of several dates is taken, else the next, words last', ladder => {
  const { template, rungs } = ladder
  for (const hour of rungs.keys()) {
    const at = `${iso(hour)}Z`
    expect(readWithout(ladder, hour), `without the first ${hour}`).toEqual({ template, when: { from: at, to: at } })
  }
  // The words of each software are of their own width, and all end a year before the page.
  expect(readWithout(ladder, rungs.length)).toMatchObject({ template, when: { to: '2025-03-10T12:00:00Z' } })
})
