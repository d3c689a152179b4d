import { expect, it } from 'vitest'
import { parse } from '../../src/parse/index.js'
import { captureOf } from './markup.js'

const AJAX = 'https://town.example/town/wp-admin/admin-ajax.php'
const inline = `var BP_Nouveau = {"ajaxurl":"${AJAX.replaceAll('/', '\\/')}"};`

it.each([
  ['as it is', `<script>${inline}</script>`],
  ['of Rocket Loader', `<script type="0a1b2c3d4e5f-text/javascript">${inline}</script>`],
  ['of other optimisers', `<script type="rocketlazyloadscript" data-rocket-type="text/javascript">${inline}</script>`],
  [
    'within an address',
    `<script defer src="data:text/javascript;base64,${Buffer.from(inline).toString('base64')}"></script>`,
  ],
])('the AJAX address is found in a script %s', (_how, script) => {
  const page = parse(
    captureOf(`<html><head>${script}</head><body class="buddypress group-bees"><p>x</p></body></html>`),
  )
  expect(page.ajaxUrl).toBe(AJAX)
})
