-- An own page's callouts and tabs, as the site's own markup, and what a picture shows, whichever renderer draws the page.
--
-- Quarto draws them with Bootstrap, or else as plain quotations, and Pandoc not at all. So this filter comes before
-- anything of Quarto's (`at: pre-ast`), and first of all under the built-in renderer.

local KINDS = { "note", "tip", "important", "caution", "warning" }
local kind_words = {} -- kind -> its word in the language of the site

local function raw(html)
  return pandoc.RawBlock("html", html)
end

local function escaped(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function callout_kind(div)
  for _, kind in ipairs(KINDS) do
    if div.classes:includes("callout-" .. kind) then
      return kind
    end
  end
end

-- As Quarto reads it: the title is the attribute, else a leading heading, else the callout's kind.
local function titled(div, kind)
  local blocks = div.content
  if div.attributes.title then
    return pandoc.Inlines(div.attributes.title), blocks
  end
  if blocks[1] and blocks[1].t == "Header" then
    local title = blocks[1].content
    blocks:remove(1)
    return title, blocks
  end
  return pandoc.Inlines(kind_words[kind]), blocks
end

local function callout(div, kind)
  local title, blocks = titled(div, kind)
  local classes = { "sa-notice", "sa-notice-" .. kind }
  local collapse = div.attributes.collapse
  if collapse then
    local open = collapse == "false" and " open" or ""
    local parts = pandoc.Blocks({ raw("<details" .. open .. "><summary>"), pandoc.Plain(title), raw("</summary>") })
    parts:extend(blocks)
    parts:insert(raw("</details>"))
    return pandoc.Div(parts, pandoc.Attr(div.identifier, classes))
  end
  local parts = pandoc.Blocks({ pandoc.Div({ pandoc.Para(title) }, pandoc.Attr("", { "sa-notice-title" })) })
  parts:extend(blocks)
  return pandoc.Div(parts, pandoc.Attr(div.identifier, classes, { role = "note" }))
end

-- A tab's title is no Header: neither the page's contents nor the numbers of sections count it.
local function tab(header, level)
  local open = ('<h%d class="sa-tab-title" id="%s">'):format(level, escaped(header.identifier))
  local title = pandoc.Plain(header.content)
  title.content:insert(1, pandoc.RawInline("html", open))
  title.content:insert(pandoc.RawInline("html", ("</h%d>"):format(level)))
  local classes = header.classes:includes("active") and { "sa-tab", "sa-tab-first" } or { "sa-tab" }
  return pandoc.Div({ title }, pandoc.Attr("", classes))
end

-- Each heading of the first one's level begins a tab, as in Quarto.
local function tabs(div)
  local level, current
  local parts = pandoc.Blocks({})
  for _, block in ipairs(div.content) do
    if block.t == "Header" and (level == nil or block.level == level) then
      level = block.level
      current = tab(block, level)
      parts:insert(current)
    elseif current then
      current.content:insert(block)
      parts[#parts] = current
    else
      parts:insert(block)
    end
  end
  if level then
    return pandoc.Div(parts, pandoc.Attr(div.identifier, { "sa-tabs" }))
  end
end

local function said(meta)
  for _, kind in ipairs(KINDS) do
    kind_words[kind] = pandoc.utils.stringify(meta["sa-" .. kind] or kind)
  end
end

local function own_div(div)
  if div.classes:includes("panel-tabset") then
    return tabs(div)
  end
  local kind = callout_kind(div)
  if kind then
    return callout(div, kind)
  end
end

-- Quarto takes the caption out of the picture of a figure with a label, and leaves no word of what the picture shows.
local function described(image)
  if not image.attributes["fig-alt"] and not image.attributes.alt and #image.caption > 0 then
    image.attributes["fig-alt"] = pandoc.utils.stringify(image.caption)
    return image
  end
end

return { { Meta = said }, { Div = own_div, Image = described } }
