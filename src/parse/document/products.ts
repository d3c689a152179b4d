import { find, type Survey } from './survey.js'

/** Community software that is not BuddyPress, by what its pages always hold. */
interface Product {
  name: string
  selector?: string
  source?: RegExp
}

const PRODUCTS: readonly Product[] = [
  { name: 'PeepSo', selector: 'body.plg-peepso, #peepso, .ps-page', source: /\/plugins\/peepso(-core)?\// },
  { name: 'Ultimate Member', selector: '.um-profile, .um-directory', source: /\/plugins\/ultimate-member\// },
  { name: 'ProfileGrid', selector: '.pmagic', source: /\/plugins\/profilegrid-/ },
  { name: 'wpForo', selector: '#wpforo, #wpforo-wrap', source: /\/plugins\/wpforo\// },
  { name: 'Asgaros Forum', selector: '#af-wrapper', source: /\/plugins\/asgaros-forum\// },
  { name: 'FluentCommunity', selector: '#fcom_app, .fcom_wrap', source: /\/plugins\/fluent-community\// },
  { name: 'Simple:Press', selector: '#spMainContainer' },
  { name: 'Discourse', selector: 'meta[name="generator"][content^="Discourse"]' },
  { name: 'Flarum', selector: '#flarum-loading, #flarum-content' },
  { name: 'XenForo', selector: 'html[id="XF"], html[data-app="public"][data-template]' },
  { name: 'phpBB', selector: 'body[id="phpbb"]' },
  { name: 'vBulletin', selector: 'meta[name="generator"][content^="vBulletin"]' },
  { name: 'MyBB', source: /\bmybb(_|\.)\w*\s*=/i },
  { name: 'SMF', source: /\bsmf_(theme_url|scripturl)\b/ },
  { name: 'Invision Community', selector: 'html[data-controller*="core.front"], body.ipsApp' },
  { name: 'Vanilla Forums', selector: 'body[id^="vanilla_"]' },
  { name: 'Elgg', source: /\belgg\.(data|config)\b|require\(\["elgg/ },
  { name: 'HumHub', source: /\bhumhub\.config\b|humhub\.modules/ },
  { name: 'Mastodon', selector: '[id="mastodon"]' },
  { name: 'Drupal', selector: 'meta[name="Generator"][content^="Drupal"], meta[name="generator"][content^="Drupal"]' },
]

/** The name of the community software that made the page; null: none of those that are known. BuddyPress is not among them. */
export const otherProduct = (page: Survey): string | null =>
  PRODUCTS.find(
    ({ selector, source }) =>
      (selector !== undefined && find(page, selector) !== undefined) || source?.test(page.markup.source),
  )?.name ?? null
