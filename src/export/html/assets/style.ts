/** The style sheet of all pages: light, dark and print; no file of others. */
export const trustedStyle = `
:root {
  color-scheme: light dark;
  --page: #fcfbf8; --ink: #22262b; --soft: #575f69; --link: #1d5687; --rule: #dcd8cf; --wash: #f1eee7; --bar: #4f7ea3; --hit: #ffe9a8;
}
@media (prefers-color-scheme: dark) {
  :root { --page: #17191c; --ink: #e4e2dc; --soft: #a9afb7; --link: #94c0ea; --rule: #363a40; --wash: #202327; --bar: #6c9cc4; --hit: #4f3f0e }
}
* { box-sizing: border-box }
html { background: var(--page); color: var(--ink); font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Source Serif 4", Georgia, serif; scroll-padding-top: 1rem; text-size-adjust: 100% }
body { max-width: 46rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; overflow-wrap: anywhere }
a { color: var(--link); text-decoration-thickness: .06em; text-underline-offset: .15em }
a:focus-visible, input:focus-visible, button:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px }
main:focus { outline: none }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .1em 0 .4em; text-wrap: balance }
h2 { font-size: 1.25rem; margin: 2.4rem 0 .6rem }
h3 { font-size: 1rem; margin: 1.6rem 0 .4rem }
.kicker, .crumb, .meta, .status, .months, .turn, .parts, footer, figure, .head, .mark, .gone, summary, label, button, #found, .skip, .files, .contents { font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif }
.kicker, .crumb { font-size: .875rem; color: var(--soft); margin: 0 }
.status { font-size: .9375rem; color: var(--soft); margin: 0 0 1.4rem; padding-bottom: 1.1rem; border-bottom: 1px solid var(--rule) }
.skip { position: absolute; left: -99rem }
.skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .3rem .6rem; z-index: 1 }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
/* Firefox gives items the side of the text around the list, also where their own direction is another one. */
ul, ol { padding: 0; margin: 0 } li { text-align: start }
/* lists of threads and search */
label { display: block; font-size: .9375rem; margin-bottom: .25rem }
input { width: 100%; font: inherit; padding: .45rem .6rem; color: inherit; background: var(--wash); border: 1px solid var(--soft); border-radius: 4px }
button { font-size: .9375rem; padding: .4rem .9rem; color: var(--link); background: var(--wash); border: 1px solid var(--soft); border-radius: 4px; cursor: pointer }
#found { font-size: .9375rem; color: var(--soft); margin: .4rem 0 } #found:empty { margin: 0 }
.hits li, .threads li { list-style: none; padding: .55rem 0; border-bottom: 1px solid var(--rule) }
mark { background: var(--hit); color: inherit }
.meta { font-size: .875rem; color: var(--soft); margin: .1rem 0 0 }
.months ul, .parts ul { display: flex; flex-wrap: wrap; gap: .2rem 1rem; list-style: none; font-size: .9375rem }
.months li, .parts li { padding: .2rem 0; white-space: nowrap }
.part { font-size: 1rem; margin: 1.8rem 0 .2rem; color: var(--soft) }
.n { color: var(--soft) }
.threads a, .hits a { display: block } .threads + .meta { margin-top: .8rem }
.thread > .status { border: 0; padding: 0; margin-bottom: .9rem }
.contents ol { list-style: none } .contents li { padding: .15rem 0; font-size: .9375rem }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1.5rem 2.5rem; align-items: start }
figure { margin: 0; font-size: .875rem }
figure h3 { margin: .4rem 0 }
svg { display: block; width: 100%; max-width: 26rem; height: auto; fill: var(--ink); font: 11px system-ui, "Noto Sans", sans-serif; text-anchor: middle }
.bar { fill: var(--bar) } .axis { stroke: var(--soft) } .val { fill: var(--ink) } .lab { text-anchor: end } .l { text-anchor: start }
.cell { fill: var(--wash) } .v1 { fill: var(--bar); opacity: .45 } .v2 { fill: var(--bar); opacity: .75 } .v3 { fill: var(--bar) }
summary { cursor: pointer; color: var(--link); font-size: .875rem; padding: .25rem 0 }
table { border-collapse: collapse; display: block; overflow-x: auto } th, td { text-align: start; font-weight: normal; padding: .15rem 1.2rem .15rem 0; border-bottom: 1px solid var(--rule) } thead th { font-weight: 600 }
.right { text-align: end } .center { text-align: center }
/* a thread */
.post { padding: .15rem .5rem; margin-inline: -.5rem; border-radius: 4px }
.post:target { background: var(--wash); outline: 2px solid var(--bar) }
.head { font-size: .9375rem; font-weight: 600; margin: 0; line-height: 1.4 }
.head .no, .head .when, .head .to { font-weight: 400; text-decoration: none; color: var(--soft) }
.head a.when:hover, .head .no:hover, .head .to:hover { text-decoration: underline }
.head .to { color: var(--link) }
.mark { font-weight: 400; font-size: .8125rem; color: var(--soft); border: 1px solid var(--rule); border-radius: 3px; padding: 0 .3rem; white-space: nowrap }
.body > :first-child { margin-top: .15rem } .body > :last-child { margin-bottom: 0 }
.body p, .old p { margin: .5rem 0 } .body ul, .body ol { padding-inline-start: 1.4rem; margin: .5rem 0 }
.picture img { max-width: 100%; height: auto; border-radius: 3px } .caption { display: none }
pre, code { font: .875em/1.45 ui-monospace, "DejaVu Sans Mono", monospace } pre { overflow-x: auto; background: var(--wash); padding: .6rem .8rem; border-radius: 4px }
blockquote { margin: .5rem 0; padding-inline-start: .9rem; border-inline-start: 3px solid var(--rule) }
hr { border: 0; border-top: 1px solid var(--rule); margin: 1rem 0 }
.files { font-size: .9375rem; list-style: none; margin: .4rem 0 0 }
.replies, .replies ol { list-style: none }
.replies > li, .replies ol > li { margin-top: 1.15rem }
.replies .body li { margin-top: 0 } .replies .body ol { list-style: decimal; border: 0 } .replies .body ul { list-style: disc }
.replies ol.below { margin-inline-start: .1rem; padding-inline-start: 1.2rem; border-inline-start: 1px solid var(--rule) }
.gone, .none { color: var(--soft); font-style: italic; font-size: .9375rem; margin: 0 }
.old { border-inline-start: 3px solid var(--rule); padding-inline-start: .8rem; color: var(--soft) }
.turn { margin-top: 2.5rem; border-top: 1px solid var(--rule); padding-top: .8rem; font-size: .9375rem } .turn ul { list-style: none; display: flex; flex-wrap: wrap; justify-content: space-between; gap: .4rem 2rem }
.thread + .thread { border-top: 1px solid var(--rule); margin-top: 3rem; padding-top: 1rem }
footer { margin-top: 2.5rem; font-size: .8125rem; color: var(--soft) }
@media (max-width: 30rem) { html { font-size: 1rem } .replies ol.below { padding-inline-start: .7rem } .replies ol.below ol.below ol.below { padding-inline-start: .25rem } }
@media print {
  :root { color-scheme: light; --page: #fff; --ink: #000; --soft: #444; --link: #000; --rule: #bbb; --wash: #f4f4f4 }
  @page { size: A4; margin: 2cm; @bottom-center { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #444 } }
  html { font-size: 10.5pt } body { max-width: none; padding: 0 }
  .skip, search, .months, .turn, .parts, details:not(.history), .history:not([open]) { display: none }
  .status a::after { content: " (" attr(href) ")" }
  a { text-decoration: none } .threads li { break-inside: avoid } .head, h2, h3, .thread > .status { break-after: avoid } figure, pre, tr, .contents li { break-inside: avoid }
  p { orphans: 2; widows: 2 }
  .post:target { background: none; outline: none }
  .picture { display: block; break-inside: avoid } .picture img { max-height: 20cm } .caption { display: block; font-size: .875rem; color: var(--soft) }
}
`
