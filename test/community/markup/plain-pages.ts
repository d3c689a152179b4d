import type { Site } from '../site.js'
import { article, pageDocument } from './document.js'
import { escapeHtml } from './escape.js'
import { packOf } from './pages.js'

/** Pages without a discussion: what an archiver must not take for an empty group. */

const themeClass = (site: Site, own: string): string => `${own} bp-${site.pack} is-light-theme no-js hfeed`

export function frontPage(site: Site): string {
  const welcome = `<article id="post-1" class="post-1 post type-post status-publish hentry entry">
<h2 class="entry-title"><a href="${site.url}hello-world/">Hello world!</a></h2>
<p>Welcome! Our conversations live in the <a href="${site.url}groups/">groups</a>.</p>
</article>`
  const bodyClass = `home-page bp-${site.pack} home blog is-light-theme no-js hfeed`
  return pageDocument(site, {
    title: null,
    canonical: null,
    bodyClass,
    content: welcome,
    scripts: packOf(site).scripts(site, null),
  })
}

export function notFoundPage(site: Site): string {
  const content = `<header class="page-header alignwide"><h1 class="page-title">Nothing here</h1></header>
<div class="error-404 not-found"><p>It looks like nothing was found at this location. Maybe try a search?</p></div>`
  return pageDocument(site, {
    title: 'Page not found',
    canonical: null,
    bodyClass: `bp-${site.pack} error404 is-light-theme no-js hfeed`,
    content,
  })
}

const loginFields = `<p class="login-username"><label>Username <input type="text" name="log" value="" /></label></p>
<p class="login-password"><label>Password <input type="password" name="pwd" value="" /></label></p>
<p class="login-submit"><input type="submit" name="wp-submit" value="Log In" /></p>`

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}" />`

/** BuddyPress 12 and newer, community visible to members only: every BuddyPress page looks like this, with status 200. */
export function membersOnlyPage(site: Site, address: string): string {
  const form = `<p class="has-text-align-center">This community area is accessible to logged-in members only.</p>
<form name="bp-login-widget-form" id="bp-login-widget-form" action="${site.url}wp-login.php" method="post">
${loginFields}
${hidden('redirect_to', address)}
</form>`
  return pageDocument(site, {
    title: '',
    canonical: null,
    bodyClass: `${themeClass(site, 'single-item core  buddypress')} page page-id-0 page-parent singular`,
    content: article('buddypress', 'Members-only area', form),
  })
}

export function loginPage(site: Site, redirectTo: string): string {
  const name = escapeHtml(site.community.name)
  return `<!DOCTYPE html>
<html lang="en-US">
<head><meta charset="UTF-8" /><title>Log In &lsaquo; ${name} &#8212; WordPress</title></head>
<body class="login no-js login-action-login wp-core-ui  locale-en-us">
<div id="login">
<form name="loginform" id="loginform" action="${site.url}wp-login.php" method="post">
${loginFields}
${hidden('redirect_to', redirectTo)}
${hidden('testcookie', '1')}
</form>
<p id="backtoblog"><a href="${site.url}">&larr; Go to ${name}</a></p>
</div>
</body>
</html>
`
}
