/** The search of the pages: a plain look through all texts, in any script, without a server. */
export const SEARCH_SCRIPT = `// Looks through the texts that search-*.js hold, which are loaded at the first search.
(function () {
  'use strict'
  var root = document.getElementById('search'), box = document.getElementById('q'), found = document.getElementById('found')
  var hits = document.getElementById('hits'), more = document.getElementById('more'), form = document.getElementById('find')
  var files = (root.getAttribute('data-files') || '').split(' ').filter(Boolean)
  var rows = [], missing = 0, loading = null, timer = null, last = '', shown = 0, hit = []
  var STEP = 50
  form.hidden = false

  function fold(text) { return text.normalize('NFKD').replace(/\\p{M}/gu, '').toLowerCase() }

  // Called by the files. Their folder is that of the pages which their rows name.
  window.threadkeepSearch = function (list) {
    var file = document.currentScript.getAttribute('src'), folder = file.slice(0, file.lastIndexOf('/') + 1)
    list.forEach(function (row) { rows.push({ href: folder + row[0], name: row[1], date: row[2], text: row[3], folded: fold(row[1] + ' ' + row[3]) }) })
  }

  function load(file) {
    return new Promise(function (done) {
      var script = document.createElement('script')
      script.src = file
      script.onload = done
      script.onerror = function () { missing++; done() }
      document.head.append(script)
    })
  }
  function loaded() {
    loading = loading || files.reduce(function (before, file) { return before.then(function () { return load(file) }) }, Promise.resolve())
    return loading
  }

  // Words, and phrases between quotation marks; all must be there.
  function wanted(query) {
    return (fold(query).match(/"[^"]+"|[^\\s"]+/g) || []).map(function (word) { return word.replace(/"/g, '').trim() }).filter(Boolean)
  }

  // The places of the words in the text as it is written: folding may change its length.
  function marks(text, words) {
    var folded = '', at = []
    Array.from(text).reduce(function (start, letter) {
      var one = fold(letter)
      for (var i = 0; i < one.length; i++) at.push(start)
      folded += one
      return start + letter.length
    }, 0)
    at.push(text.length)
    var ranges = []
    words.forEach(function (word) {
      for (var i = folded.indexOf(word); i >= 0 && ranges.length < 200; i = folded.indexOf(word, i + word.length)) ranges.push([at[i], at[i + word.length]])
    })
    return ranges.sort(function (a, b) { return a[0] - b[0] })
  }

  // Text and mark elements only, never markup.
  function excerpt(into, text, words) {
    var ranges = marks(text, words), first = ranges.length ? ranges[0][0] : 0
    var from = first > 80 ? text.indexOf(' ', first - 60) + 1 || first - 60 : 0
    if (from > first) from = first
    var to = Math.min(text.length, from + 180), i = from
    if (from > 0) into.append('…')
    ranges.forEach(function (range) {
      if (range[0] < i || range[1] > to) return
      var mark = document.createElement('mark')
      mark.textContent = text.slice(range[0], range[1])
      into.append(text.slice(i, range[0]), mark)
      i = range[1]
    })
    into.append(text.slice(i, to) + (to < text.length ? '…' : ''))
  }

  function show(words) {
    hit.slice(shown, shown + STEP).forEach(function (row) {
      var item = document.createElement('li'), link = document.createElement('a'), by = document.createElement('p'), who = document.createElement('bdi')
      link.href = row.href
      link.dir = 'auto'
      excerpt(link, row.text || '(no words)', words)
      who.textContent = row.name
      by.className = 'meta'
      by.append(who, ', ' + row.date)
      item.append(link, by)
      hits.append(item)
    })
    shown = Math.min(hit.length, shown + STEP)
    more.hidden = shown >= hit.length
    var count = hit.length === 0 ? 'No post' : hit.length === 1 ? 'One post' : hit.length + ' posts'
    found.textContent = count + (shown < hit.length ? '; these are the first ' + shown : '') + (missing ? '. A part of the texts could not be loaded.' : '')
  }

  function run() {
    var words = wanted(box.value), key = JSON.stringify(words)
    if (key === last) return
    last = key
    hits.textContent = ''
    shown = 0
    more.hidden = true
    if (!words.length) { found.textContent = ''; return }
    found.textContent = 'Searching…'
    loaded().then(function () {
      if (key !== last) return
      hit = rows.filter(function (row) { return words.every(function (word) { return row.folded.includes(word) }) })
      show(words)
    })
  }

  box.addEventListener('focus', loaded)
  box.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(run, 120) })
  form.addEventListener('submit', function (event) { event.preventDefault(); run() })
  more.addEventListener('click', function () {
    var next = shown
    show(wanted(box.value))
    var link = hits.children[next] && hits.children[next].querySelector('a')
    if (link) link.focus()
  })
  if (location.hash.indexOf('#q=') === 0) { box.value = decodeURIComponent(location.hash.slice(3)); run() }
})()
`
