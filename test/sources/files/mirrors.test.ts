import { describe, expect, it } from 'vitest'
import { isInCompanion } from '../../../src/model/markup/companion-folder.js'
import { addressOnSite, hostOfFolder } from '../../../src/model/markup/mirrored-url.js'
import { originalAddress } from '../../../src/parse/saved/addresses.js'
import { mirroredAddress } from '../../../src/sources/files/page/mirror.js'

describe('the address of a file in a mirror', () => {
  it.each([
    ['groups/bees/index.html', 'groups/bees/'],
    ['groups/bees/index.html.1', 'groups/bees/'],
    ['groups/bees/index.html?acpage=2.html', 'groups/bees/?acpage=2'],
    ['groups/bees/index.html@acpage=2.html', 'groups/bees/?acpage=2'],
    ['groups/bees/index.html@acpage=2&offset_lower=9', 'groups/bees/?acpage=2&offset_lower=9'],
    ['groups/bees/index2f3a.html', 'groups/bees/'],
    ['activity/p/43/index.html', 'activity/p/43/'],
    ['groups/bees.html', 'groups/bees/'],
    ['groups/bees/home/index.html', 'groups/bees/'],
    ['groups/home/index.html', 'groups/home/'],
    ['groups/%d0%b3%d1%80/index.html', 'groups/%d0%b3%d1%80/'],
    ['index.html', ''],
  ])('%s', (file, address) => {
    expect(mirroredAddress(`/home/ann/mirror/town.example/${file}`, '')).toBe(`https://town.example/${address}`)
  })

  it.each([
    ['town.example:8080', 'town.example:8080'],
    ['town.example+8080', 'town.example:8080'],
    ['town.example_8080', 'town.example:8080'],
    ['127.0.0.1:8080', '127.0.0.1:8080'],
    ['groups', null],
    ['john doe', null],
  ])('names the host %s', (folder, host) => {
    expect(hostOfFolder(folder)).toBe(host)
  })

  it('has the host that the page links to, where several folders look like one', () => {
    const path = '/data/my.backups/town.example/members/john.doe/index.html'
    expect(mirroredAddress(path, '<a href="http://town.example/">')).toBe('http://town.example/members/john.doe/')
  })

  it('is not known where no folder is named after a host', () => {
    expect(mirroredAddress('/home/ann/groups/bees/index.html', '')).toBe(null)
  })

  it('leaves the addresses of a site alone', () => {
    for (const path of ['groups/bees/', 'groups/bees/?acpage=2', 'wp-content/a.jpg?x=1', '?bp_groups=1&bp_group=b'])
      expect(addressOnSite(`https://town.example/${path}`)).toBe(`https://town.example/${path}`)
  })
})

describe('a link in a saved page', () => {
  const page = 'https://town.example/groups/bees/'
  it.each([
    ['../../members/ann/index.html', 'https://town.example/members/ann/'],
    ['index.html@acpage=2.html', 'https://town.example/groups/bees/?acpage=2'],
    ['index.html%3Facpage=2.html', 'https://town.example/groups/bees/?acpage=2'],
    ['../../activity/p/40/index.html#acomment-41', 'https://town.example/activity/p/40/#acomment-41'],
    ['../../../pictures.example/avatar/a.png', 'https://pictures.example/avatar/a.png'],
    ['/groups/bees/', '/groups/bees/'],
    ['#acomment-41', '#acomment-41'],
    ['https://town.example/members/ann/', 'https://town.example/members/ann/'],
    ['https://web.archive.org/web/20240301100000im_/https://town.example/a.png', 'https://town.example/a.png'],
    ['mailto:ann@town.example', 'mailto:ann@town.example'],
    ['./Bees_files/a.png', ''],
    ['Bienen-Dateien/a.png', ''],
    ['file:///C:/Users/Ann/Bees_files/a.png', ''],
    ['data:image/png;base64,iVBORw0KGgo', ''],
    ['cid:frame-1@mhtml.blink', ''],
  ])('%s', (written, address) => {
    expect(originalAddress(written, page)).toBe(address)
  })

  it('knows the folder beside a saved page', () => {
    expect(isInCompanion('/home/ann/Bees_files/frame.html')).toBe(true)
    expect(isInCompanion('/home/ann/files/frame.html')).toBe(false)
  })
})
