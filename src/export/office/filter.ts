/**
 * A filter of pandoc, in Lua, between its reader and its writers. It keeps what our markdown may mean and nothing else: writers fetch pictures,
 * from the network and from this machine (only those stay that `pictures.ts` has named), and keep raw HTML and metadata. It gives right-to-left texts the direction that plain text can only
 * mark. Lua of pandoc 2.17 and later.
 */
export const FILTER = String.raw`
local LRM, RLM = utf8.char(0x200E), utf8.char(0x200F)
local RLI, FSI, PDI = utf8.char(0x2067), utf8.char(0x2068), utf8.char(0x2069)
local RIGHT_TO_LEFT = {
  { 0x0590, 0x08FF }, { 0xFB1D, 0xFDFF }, { 0xFE70, 0xFEFC }, { 0x10800, 0x10FFF }, { 0x1E800, 0x1EFFF },
}

local function hasRightToLeft(text)
  for _, code in utf8.codes(text) do
    for _, range in ipairs(RIGHT_TO_LEFT) do
      if code >= range[1] and code <= range[2] then return true end
    end
  end
  return false
end

local function startsWith(text, prefix) return text:sub(1, #prefix) == prefix end

local function rtl() return pandoc.Attr('', {}, { dir = 'rtl' }) end

local function withoutMarks(inlines)
  local strip = function(str)
    local text = str.text
    for _, mark in ipairs({ RLM, RLI, PDI }) do text = text:gsub(mark, '') end
    return pandoc.Str(text)
  end
  return pandoc.walk_block(pandoc.Plain(inlines), { Str = strip }).content
end

local function openingRun(inlines)
  local first = inlines[1]
  return first and first.t == 'Str' and startsWith(first.text, RLM .. RLI)
end

local function paragraph(block)
  if not openingRun(block.content) then return nil end
  local kind = block.t == 'Plain' and pandoc.Plain or pandoc.Para
  return pandoc.Div({ kind({ pandoc.Span(withoutMarks(block.content), rtl()) }) }, rtl())
end

-- A name between FSI and PDI, in a post line or the status line: a run of its own direction. Programs that do not know isolates need LRM behind
-- it, or the date that follows would be torn apart.
local function name(inlines)
  local out, run = pandoc.List(), nil
  for _, inline in ipairs(inlines) do
    local text = inline.t == 'Str' and inline.text or ''
    local opens = text:find(FSI, 1, true)
    if not run and opens then
      local before = text:sub(1, opens - 1)
      if before ~= '' then out:insert(pandoc.Str(before)) end
      run, text = pandoc.List(), text:sub(opens + #FSI)
      inline = pandoc.Str(text)
    end
    local closes = run and inline.t == 'Str' and inline.text:find(PDI, 1, true)
    if closes then
      run:insert(pandoc.Str(inline.text:sub(1, closes - 1)))
      local isRight = hasRightToLeft(pandoc.utils.stringify(run))
      out:insert(pandoc.Str(FSI))
      if isRight then out:insert(pandoc.Span(run, rtl())) else out:extend(run) end
      out:insert(pandoc.Str(isRight and PDI .. LRM or PDI))
      local after = inline.text:sub(closes + #PDI)
      if after ~= '' then out:insert(pandoc.Str(after)) end
      run = nil
    elseif run then
      run:insert(inline)
    else
      out:insert(inline)
    end
  end
  if run then out:extend(run) end
  return out
end

-- A picture that threadkeep has put beside the document: its name is of its own making, and has its size in pixels. Any other is its words.
local hasPictures = false

local function picture(image)
  local width, height = image.src:match('^picture%-%d+%-(%d+)x(%d+)%.%a+$')
  if not width then return image.caption end
  hasPictures = true
  local size = { { 'width', width .. 'px' }, { 'height', height .. 'px' } }
  return pandoc.Image(image.caption, image.src, '', pandoc.Attr('', {}, size))
end

local function styled(block, style, class, isRight)
  local attributes = { { 'custom-style', style } }
  if isRight then table.insert(attributes, { 'dir', 'rtl' }) end
  return pandoc.Div({ block }, pandoc.Attr('', { class }, attributes))
end

local SPACES = { Space = true, SoftBreak = true, LineBreak = true }

local function trimmed(inlines)
  while #inlines > 0 and SPACES[inlines[1].t] do inlines:remove(1) end
  while #inlines > 0 and SPACES[inlines[#inlines].t] do inlines:remove(#inlines) end
  return inlines
end

-- The picture of an inline: itself, or what a link is around.
local function pictureIn(inline)
  if inline.t == 'Image' then return inline end
  return inline.t == 'Link' and #inline.content == 1 and inline.content[1].t == 'Image' and inline.content[1] or nil
end

-- Words that say no more than the picture does.
local KINDS = { image = true, picture = true, [''] = true }

-- Each picture has a paragraph of its own, and its words are below it.
local function withPictures(block)
  if not block.content:find_if(pictureIn) then return nil end
  local blocks, run, isRight = pandoc.List(), pandoc.List(), openingRun(block.content)
  local function flush()
    run = trimmed(isRight and withoutMarks(run) or run)
    if #run > 0 and isRight then run:insert(1, pandoc.Str(RLM .. RLI)) end
    if #run > 0 then blocks:insert(pandoc.Para(run)) end
    run = pandoc.List()
  end
  for _, inline in ipairs(block.content) do
    local image = pictureIn(inline)
    if image then
      flush()
      local words = pandoc.utils.stringify(image.caption)
      local hasWords = not KINDS[words]
      blocks:insert(styled(pandoc.Para({ inline }), hasWords and 'Picture' or 'Picture Alone', 'picture', isRight))
      if hasWords then
        blocks:insert(styled(pandoc.Para({ pandoc.Str(words) }), 'Picture Words', 'picture-words', isRight))
      end
    else
      run:insert(inline)
    end
  end
  flush()
  return blocks
end

local function link(element)
  local target = element.target:lower()
  for _, scheme in ipairs({ 'https://', 'http://', 'mailto:', '#' }) do
    if startsWith(target, scheme) then return pandoc.Link(element.content, element.target) end
  end
  return element.content
end

local function isPost(block)
  local first = block.content and block.content[1]
  return first and first.t == 'Strong' and pandoc.utils.stringify(first):find('^#%d') ~= nil
end

-- A line of a post alone in its paragraph stays on the page of what follows.
local function header(block)
  if not isPost(block) then return nil end
  for _, inline in ipairs(block.content) do
    if inline.t == 'LineBreak' then return nil end
  end
  return styled(block, 'Post Line', 'post-line')
end

local function hash(meta)
  local parts = {}
  for _, key in ipairs({ 'title', 'source', 'as_of', 'posts' }) do
    table.insert(parts, meta[key] and pandoc.utils.stringify(meta[key]) or '')
  end
  local hex = pandoc.utils.sha1(table.concat(parts, '\n'))
  return ('urn:uuid:%s-%s-5%s-a%s-%s'):format(
    hex:sub(1, 8), hex:sub(9, 12), hex:sub(14, 16), hex:sub(18, 20), hex:sub(21, 32))
end

-- Other keys of the front matter would become properties of the file, or lines under its title.
local function metadata(meta)
  return pandoc.Meta({ title = meta.title and pandoc.MetaInlines(name(meta.title)), lang = meta.lang, identifier = hash(meta), source = meta.source })
end

-- What is between the heading of a thread and its first post stays on their page.
local function belowHeadings(blocks)
  local isBelow = false
  for at, block in ipairs(blocks) do
    isBelow = block.t == 'Header' or isBelow and block.t == 'Para' and not isPost(block)
    if isBelow and block.t == 'Para' then blocks[at] = styled(block, 'Thread Status', 'status') end
  end
end

local function wholeDocument(doc)
  belowHeadings(doc.blocks)
  for at, block in ipairs(doc.blocks) do
    if block.t == 'HorizontalRule' and at > 1 and doc.blocks[at - 1].t == 'Para' then
      local status = { ['custom-style'] = 'Status' }
      doc.blocks[at - 1] = pandoc.Div({ doc.blocks[at - 1] }, pandoc.Attr('', { 'status' }, status))
      doc.blocks:remove(at)
      break
    end
  end
  return doc
end

local function withNames(element)
  return pandoc.walk_block(pandoc.Div({ element }), { Inlines = name }).content[1]
end

-- The words of a paragraph. For those of many inlines at once pandoc takes quadratic time.
local MOST = 500

local function wordsOf(block)
  local inlines, parts = block.content, {}
  for at = 1, #inlines, MOST do
    local some = { table.unpack(inlines, at, math.min(at + MOST - 1, #inlines)) }
    table.insert(parts, pandoc.utils.stringify(pandoc.Plain(some)))
  end
  return table.concat(parts)
end

-- A paragraph with what it needs. Its words are asked for first: taking a paragraph apart takes many times longer, and few need it.
local function block(element)
  local words = wordsOf(element)
  local pieces = hasPictures and withPictures(element)
  local parts = pieces or pandoc.List({ element })
  local isHeader, isRight, hasNames = words:find('^#%d'), words:find(RLI, 1, true), words:find(FSI, 1, true)
  if not (pieces or isHeader or isRight or hasNames) then return nil end
  for at, part in ipairs(parts) do
    local made = isHeader and part.t == 'Para' and header(part) or isRight and part.t ~= 'Div' and paragraph(part)
    parts[at] = made or part
  end
  return hasNames and parts:map(withNames) or parts
end

local function heading(element)
  if pandoc.utils.stringify(element):find(FSI, 1, true) then return withNames(element) end
end

return {
  {
    RawBlock = function() return {} end,
    RawInline = function() return {} end,
    Image = picture,
    Link = link,
    Para = block,
    Plain = block,
    Header = heading,
    Meta = metadata,
    Pandoc = wholeDocument,
  },
}
`
