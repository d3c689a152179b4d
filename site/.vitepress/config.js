import { defineConfig } from 'vitepress'
import { MARK } from '../from-disk.js'
import { sitePages } from '../links.js'
import { anchorOf, SECTIONS, siteName, titleOf } from '../navigation.js'

/** Only files of the site itself: the browser refuses everything else, whatever a page may hold. */
const POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

const linkTo = page =>
  `/${siteName(page)
    .replace(/\.md$/, '.html')
    .replace(/^index\.html$/, '')}`

export default defineConfig({
  title: 'threadkeep',
  description: 'Archives the discussions of BuddyPress communities: documentation.',
  lang: 'en',
  // The path below which the site is published, such as /threadkeep/.
  base: process.env.DOCS_BASE ?? '/',
  srcDir: 'pages',
  outDir: '../build/site',
  cacheDir: '../build/site-cache',
  head: [
    ['meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }],
    // Without it, browsers ask for /favicon.ico.
    ['link', { rel: 'icon', href: 'data:,' }],
    ['script', {}, MARK],
  ],
  markdown: {
    linkify: false,
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    languageAlias: { cron: 'sh', nagios: 'ini' },
    anchor: { slugify: anchorOf },
    config: md => md.use(sitePages),
  },
  themeConfig: {
    // Every word has to be there: messages are searched by several.
    search: { provider: 'local', options: { miniSearch: { searchOptions: { combineWith: 'AND' } } } },
    // The theme has another name for screen readers than for eyes.
    notFound: { linkLabel: 'Take me home' },
    outline: [2, 3],
    sidebar: SECTIONS.map(({ title, pages }) => ({
      text: title,
      items: pages.map(page => ({ text: titleOf(page), link: linkTo(page) })),
    })),
  },
})
