-- What Quarto does itself, for the built-in renderer: links between pages, what is shown on a website alone, and cross
-- references to figures, tables, equations and sections. A reference that leads nowhere is set as Quarto sets it, and
-- listed under `unresolved`.

local NAMES = { fig = "fig", tbl = "tbl", eq = "eq", sec = "sec" } -- in the language of the site once a page is read
-- Callouts are numbered by neither renderer; listings, theorems and their like by Quarto alone (`report/markup/quarto_only.py`).
local UNNUMBERED = pandoc.List({ "nte", "tip", "wrn", "imp", "cau" })
local LEFT_OUT = pandoc.List({ "lst", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "sol", "rem", "prf", "alg" })
local NBSP = "\u{a0}"

local numbers = {} -- identifier -> what a reference to it shows
local counts = { fig = 0, tbl = 0, eq = 0 }
local unresolved = pandoc.List()
local bibliography -- whether the page names one, which Quarto alone reads

local function kind_of(identifier)
  local kind = identifier:match("^(%a+)%-") or ""
  return NAMES[kind] and kind
end

local function counted(kind, identifier)
  if not numbers[identifier] then
    counts[kind] = counts[kind] + 1
    numbers[identifier] = tostring(counts[kind])
  end
  return numbers[identifier]
end

local FORMATS = { html = true, html4 = true, html5 = true, ["html:js"] = true }
local CONDITIONS = {
  format = function(value)
    return FORMATS[value]
  end,
  meta = function(value, meta)
    for key in value:gmatch("[^.]+") do
      meta = type(meta) == "table" and meta[key]
    end
    return meta == true
  end,
  profile = function() -- the site has none
    return false
  end,
}

-- Of a condition with several values one must hold, and every condition must.
local function fulfilled(node, meta)
  local held = {}
  for _, pair in ipairs(node.attributes) do
    local wanted, kind = pair[1]:match("^(%l+)%-(%l+)$")
    if CONDITIONS[kind] and (wanted == "when" or wanted == "unless") then
      held[pair[1]] = held[pair[1]] or CONDITIONS[kind](pair[2], meta) or false
    end
  end
  for condition, holds in pairs(held) do
    if holds == (condition:match("^unless") ~= nil) then
      return false
    end
  end
  return true
end

-- `.content-visible` and `.content-hidden`, with `when-format="html"` and the like.
local function conditional(meta)
  return function(node)
    local visible = node.classes:includes("content-visible")
    if visible or node.classes:includes("content-hidden") then
      if fulfilled(node, meta) ~= visible then
        return {}
      end
      return node.t == "Div" and node.content or nil
    end
  end
end

local function captioned(label, caption)
  local words = pandoc.utils.blocks_to_inlines(caption)
  if #words == 0 then
    return { pandoc.Plain({ pandoc.Str((label:gsub(":$", ""))) }) }
  end
  local inlines = pandoc.Inlines({ pandoc.Str(label), pandoc.Space() })
  inlines:extend(words)
  return { pandoc.Plain(inlines) }
end

local function named(kind, identifier)
  return NAMES[kind] .. NBSP .. counted(kind, identifier) .. ":"
end

-- The last paragraph of `::: {#fig-one}` is its caption, what stands before it the content.
local function caption_of(div)
  local last = div.content[#div.content]
  if #div.content > 1 and last.t == "Para" then
    div.content:remove(#div.content)
    return { last }
  end
  return {}
end

local function relabelled(node, label)
  local caption = node.t == "Div" and caption_of(node) or node.caption.long
  return pandoc.Figure(node.content, { long = captioned(label, caption) }, node.attr)
end

-- Figures within a figure are its parts (a), (b), …, and do not count.
local function parts(blocks, whole)
  local count = 0
  local function part(node)
    if kind_of(node.identifier) == "fig" then
      count = count + 1
      local letter = ("(%s)"):format(string.char(96 + count))
      numbers[node.identifier] = whole .. " " .. letter
      return relabelled(node, letter)
    end
  end
  return blocks:walk({ Div = part, Figure = part })
end

local function float(node)
  local kind = kind_of(node.identifier)
  if (kind ~= "fig" and kind ~= "tbl") or numbers[node.identifier] then
    return nil
  end
  local figure = relabelled(node, named(kind, node.identifier))
  if kind == "fig" then
    figure.content = parts(figure.content, numbers[node.identifier])
  end
  return figure
end

local function with_caption(node)
  if kind_of(node.identifier) == "tbl" then
    local caption = captioned(named("tbl", node.identifier), node.caption.long)
    local attr = node.attr
    node.caption, node.attr = { long = {} }, pandoc.Attr()
    -- Not walked into, or the table would be looked at once more.
    return pandoc.Figure({ node }, { long = caption }, attr), false
  end
end

-- `$$…$$ {#eq-one}`: the label stands beside the mathematics, in the same paragraph.
local function equations(inlines)
  local found = pandoc.Inlines({})
  for _, inline in ipairs(inlines) do
    local identifier, rest = (inline.t == "Str" and inline.text or ""):match("^{#(eq%-[%w_-]+)}(.*)$")
    local spaced = identifier and found[#found] and found[#found].t == "Space"
    local math = identifier and found[spaced and #found - 1 or #found]
    if math and math.t == "Math" then
      for _ = 1, spaced and 2 or 1 do
        found:remove(#found)
      end
      math.text = math.text .. " \\qquad(" .. counted("eq", identifier) .. ")"
      found:insert(pandoc.Span({ math }, pandoc.Attr(identifier)))
      if rest ~= "" then
        found:insert(pandoc.Str(rest))
      end
    else
      found:insert(inline)
    end
  end
  return found
end

-- 1, 1.1, 1.1.1 from the highest level that the page has.
local function sections(blocks)
  local top = 7
  blocks:walk({ Header = function(header)
    top = math.min(top, header.level)
  end })
  local at = {}
  blocks:walk({ Header = function(header)
    if header.classes:includes("unnumbered") then
      return nil
    end
    local depth = header.level - top + 1
    for level = 1, depth do
      at[level] = at[level] or 0
    end
    at[depth] = at[depth] + 1
    for level = depth + 1, 6 do
      at[level] = nil
    end
    if kind_of(header.identifier) == "sec" then
      numbers[header.identifier] = table.concat(at, ".", 1, depth)
    end
  end })
end

local function reference(citation)
  local identifier = citation.id:sub(1, 1):lower() .. citation.id:sub(2)
  local kind = identifier:match("^(%l+)%-")
  if LEFT_OUT:includes(kind) then
    return pandoc.Str("")
  elseif not NAMES[kind] and not UNNUMBERED:includes(kind) then
    return nil
  end
  local number = numbers[identifier]
  if not number then
    unresolved:insert(pandoc.MetaString(citation.id))
    return pandoc.Strong({ pandoc.Str("?@" .. citation.id) })
  end
  local words = pandoc.Inlines({})
  if #citation.prefix > 0 then
    words:extend(citation.prefix)
    words:insert(pandoc.Str(NBSP))
  elseif citation.mode ~= "SuppressAuthor" then
    words:insert(pandoc.Str(NAMES[kind] .. NBSP))
  end
  words:insert(pandoc.Str(number))
  return pandoc.Link(words, "#" .. identifier, "", pandoc.Attr("", { "quarto-xref" }))
end

local function cite(node)
  local found = pandoc.Inlines({})
  for position, citation in ipairs(node.citations) do
    local link = reference(citation)
    if not link then
      return bibliography and {} or nil -- a citation of literature, or a handle
    end
    if position > 1 then
      found:extend({ pandoc.Str(","), pandoc.Space() })
    end
    found:insert(link)
  end
  return found
end

local function link(node)
  local path, anchor = node.target:match("^([^#]*)(.*)$")
  if path:match("%.qmd$") and not path:match("^%a[%w+.-]*:") then
    node.target = path:gsub("^%./", ""):gsub("%.qmd$", ".html") .. anchor
    return node
  end
end

function Pandoc(doc)
  for kind in pairs(NAMES) do
    NAMES[kind] = pandoc.utils.stringify(doc.meta["sa-" .. kind] or kind)
  end
  bibliography = doc.meta.bibliography ~= nil
  local shown = conditional(doc.meta)
  doc.blocks = doc.blocks:walk({ Div = shown, CodeBlock = shown, Span = shown })
  sections(doc.blocks)
  -- Figures and tables are numbered in the order in which they stand; so are equations.
  doc.blocks = doc.blocks:walk({ traverse = "topdown", Div = float, Figure = float, Table = with_caption })
  doc.blocks = doc.blocks:walk({ Inlines = equations })
  doc.blocks = doc.blocks:walk({ Cite = cite, Link = link })
  doc.meta.unresolved = unresolved
  return doc
end
