/** All pages are in one folder, so that links within it can do without the base: then they lead somewhere from a disk as well. */

/** The page with such links. `base`: the path below which the site is published, with a slash at both ends. */
export const withoutBase = (html, base) =>
  html.replace(/\b(href|src)="([^"]*)"/g, (whole, name, address) => {
    if (!address.startsWith(base) || address.startsWith('//')) return whole
    // A folder on a disk has no page of its own.
    const path = address.slice(base.length).replace(/^(?=#|$)/, 'index.html')
    return `${name}="./${path}"`
  })

/** What needs the scripts of the site, which browsers do not load from a disk, is not shown there: see theme/site.css. */
export const MARK = "if (location.protocol === 'file:') document.documentElement.classList.add('from-disk')"
