import { expect, it } from 'vitest'
import { parse } from '../../src/parse/index.js'

/** A theme prints items in markup of its own: which pack answers its AJAX is in the frame of the page. */
const packOn = (head: string, bodyClass: string) =>
  parse({
    request: { url: 'https://town.example/groups/bees/' },
    url: 'https://town.example/groups/bees/',
    status: 200,
    headers: { 'content-type': 'text/html; charset=UTF-8' },
    body: new TextEncoder().encode(
      `<html><head><title>Bees</title>${head}</head><body class="groups single-item group-bees ${bodyClass}">
      <p>var BP_Nouveau is what the script of a member may say</p></body></html>`,
    ),
    capturedAt: '2026-11-20T10:00:00Z',
  }).pack

it.each([
  ['the class of Legacy', '', 'buddypress bp-legacy', 'legacy'],
  ['the class of Nouveau', '', 'buddypress bp-nouveau', 'nouveau'],
  ['the script of Legacy', '<script>var BP_DTheme = {"accepted":"Accepted"};</script>', '', 'legacy'],
  ['the script of Nouveau', '<script>var BP_Nouveau = {"ajaxurl":""};</script>', 'buddypress', 'nouveau'],
  ['the scripts of bp-default', '<link id="bp-default-main-css" href="/a.css">', '', 'legacy'],
  ['BuddyBoss Platform', '<link href="/wp-content/plugins/buddyboss-platform/a.css">', '', 'nouveau'],
  ['no mark', '', 'buddypress', undefined],
])('%s', (_, head, bodyClass, pack) => expect(packOn(head, bodyClass)).toBe(pack))
