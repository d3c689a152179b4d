import type { Site } from '../site.js'
import { escapeHtml } from './escape.js'

/** Everything around the content of a page: what a WordPress theme prints. */
export interface PageParts {
  /** Before the name of the site. */
  title: string | null
  /** Of the page; null where WordPress names none. */
  canonical: string | null
  bodyClass: string
  content: string
  feed?: { title: string; url: string }
  scripts?: string
}

export function pageDocument(site: Site, parts: PageParts): string {
  return `<!doctype html>
<html lang="en-US" >
<head>
${head(site, parts)}
</head>
<body class="${parts.bodyClass}">
<div id="page" class="site">
<header id="masthead" class="site-header">
	<p class="site-title"><a href="${site.url}">${escapeHtml(site.community.name)}</a></p>
</header>
<div id="content" class="site-content"><div id="primary" class="content-area">
<main id="main" class="site-main">
${parts.content}
</main><!-- #main -->
</div></div>
<footer id="colophon" class="site-footer"><p>Proudly powered by <a href="https://wordpress.org/">WordPress</a>.</p></footer>
</div><!-- #page -->
${parts.scripts ?? ''}
</body>
</html>
`
}

function head(site: Site, parts: PageParts): string {
  const name = escapeHtml(site.community.name)
  const lines = [
    '<meta charset="UTF-8" />',
    '<meta name="viewport" content="width=device-width, initial-scale=1" />',
    `<title>${parts.title === null ? '' : `${parts.title} &#8211; `}${name}</title>`,
    ...(site.rest ? [`<link rel="https://api.w.org/" href="${site.url}wp-json/" />`] : []),
    feedLink(`${name} | Site Wide Activity RSS Feed`, `${site.url}activity/feed/`),
    ...(parts.feed ? [feedLink(`${name} | ${parts.feed.title}`, parts.feed.url)] : []),
    ...(parts.canonical === null ? [] : [`<link rel='canonical' href='${parts.canonical}' />`]),
  ]
  return lines.map(line => `\t${line}`).join('\n')
}

const feedLink = (title: string, url: string): string =>
  `<link rel="alternate" type="application/rss+xml" title="${title}" href="${url}" />`

/** The article that BuddyPress puts its content in. */
export const article = (type: string, title: string, content: string): string => `
<article id="post-0" class="${type} type-${type} post-0 page type-page status-publish hentry entry">
	<header class="entry-header alignwide"><h1 class="entry-title">${title}</h1></header><!-- .entry-header -->
	<div class="entry-content">
${content}
	</div><!-- .entry-content -->
</article><!-- #post-0 -->`

/** Body classes of a BuddyPress page: its own first, then those of the pack and the theme. */
export const bodyClass = (site: Site, own: string, pageId: number): string =>
  `${own} buddypress bp-${site.pack} buddypress-template-default page page-id-${pageId} wp-embed-responsive is-light-theme no-js singular`
