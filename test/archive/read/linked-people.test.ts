import { expect, it } from 'vitest'
import { page, post, SITE, shelf } from '../shelf.js'

it('people are also those whom a link in a text names, each once, with the words of the links', () => {
  const one = shelf()
  const link = (url: string, text: string, kind: 'link' | 'mention' = 'link') => ({ kind, url, text })
  one.save(
    page([
      post('30', null, {
        links: [
          link(`${SITE}members/quietone/`, 'Quentin Quiet'),
          link(`${SITE}members/quietone/activity/`, 'Quentin'),
          link(`${SITE}members/quietone/`, '@quietone', 'mention'),
          link(`${SITE}members/page/2/`, 'More'),
          link(`${SITE}groups/quiet/`, 'Quiet'),
          link('https://elsewhere.example/members/stranger/', 'Sam Stranger'),
        ],
      }),
    ]),
  )
  const people = [...(one.archive.reader.people?.() ?? [])]
  one.close()
  expect(people.filter(({ linkWords }) => linkWords)).toEqual([
    {
      ...{ sites: [SITE], id: null, slugs: ['quietone'], names: [], urls: [`${SITE}members/quietone/`] },
      linkWords: ['Quentin Quiet', 'Quentin'],
    },
  ])
})
