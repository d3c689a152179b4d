import type { Element } from 'domhandler'

/** Lazy-loading plugins and Cloudflare put a placeholder into `src` and the URL into another attribute. */
const LAZY = [
  'data-src',
  'data-lazy-src',
  'data-cfsrc',
  'data-original',
  'data-litespeed-src',
  'data-pagespeed-lazy-src',
  // Programs that put the picture itself into the page: Save Page WE, SingleFile.
  'data-savepage-src',
  'data-sf-original-src',
]

/** The addresses of a picture that a script loads late, as the page writes them. */
export const lateSources = ({ attribs }: Element): string[] => LAZY.flatMap(name => attribs[name] || [])
