-- The last filter of every page: nothing styled inline, and what the site's layout needs to know of the page.
--
-- The security policy forbids style attributes, which Pandoc writes for the alignment of columns and the width of
-- pictures; both become classes. Runs after all of Quarto's own filters (`at: post-render`).

local stringify = pandoc.utils.stringify
local table_here, diagram_here = "{number}", "{number}" -- in the language of the site once a page is read
local WIDTHS = { 25, 33, 50, 66, 75, 100 }
local PIXELS = { px = 1, ["in"] = 96, cm = 37.8, mm = 3.78, pt = 1.333, em = 16 }
local ALIGNED = { AlignRight = "sa-right", AlignCenter = "sa-centre" }
local FEWEST = 3 -- a page with fewer headings needs no list of them
local CODED = { "Code", "CodeBlock", "Figure", "Header", "Link", "Span" }

-- `style` and `on…` attributes: the policy would refuse them on the finished page.
local function without_code(node)
  for name in pairs(node.attributes) do
    if name == "style" or name:lower():match("^on") then
      node.attributes[name] = nil
    end
  end
  return node
end

local function nearest(percent)
  local best = WIDTHS[1]
  for _, width in ipairs(WIDTHS) do
    if math.abs(width - percent) < math.abs(best - percent) then
      best = width
    end
  end
  return best
end

local function image(node)
  local alt = node.attributes["fig-alt"]
  if alt then
    node.attributes.alt, node.attributes["fig-alt"] = alt, nil
  end
  for _, side in ipairs({ "width", "height" }) do
    local number, unit = (node.attributes[side] or ""):match("^([%d.]+)%s*([%a%%]*)$")
    if number and unit ~= "" then
      node.attributes[side] = PIXELS[unit] and tostring(math.floor(number * PIXELS[unit] + 0.5)) or nil
      if unit == "%" and side == "width" then
        node.classes:insert("sa-width-" .. nearest(tonumber(number)))
      end
    end
  end
  return without_code(node)
end

local function aligned(row, specs)
  for position, cell in ipairs(row.cells) do
    local given = cell.alignment ~= "AlignDefault" and cell.alignment or (specs[position] or {})[1]
    cell.alignment = "AlignDefault"
    if ALIGNED[given] then
      cell.attr.classes:insert(ALIGNED[given])
    end
  end
  return row
end

-- Side by side in the ratio of their widths, which Pandoc would write as inline styles.
local function column(node)
  if node.classes:includes("column") and node.attributes.width then
    node.classes:insert("sa-width-" .. nearest(tonumber(node.attributes.width:match("^[%d.]+")) or 50))
    node.attributes.width = nil
  end
  return without_code(node)
end

-- Graphviz draws while the page is built: each drawing is styled inline, says nothing of itself, and has the same ids.
local drawings = 0

local function drawn(node)
  local size, picture = node.text:match("^<svg ([^>]-) style=\"[^\"]*\">(.*)$")
  if quarto and size then
    drawings = drawings + 1
    local own = ("diagram-%d-"):format(drawings)
    picture = picture:gsub(' id="', "%0" .. own):gsub("url%(#", "%0" .. own):gsub('href="#', "%0" .. own)
    local label = diagram_here:gsub("{number}", tostring(drawings)):gsub('"', "&quot;")
    local named = ('class="sa-diagram" role="img" aria-label="%s"'):format(label)
    return pandoc.RawBlock("html", ("<svg %s %s>%s"):format(named, size, picture))
  end
end

local tables = 0

-- A wide equation scrolls, too, and so must be reached by the keyboard.
local function equation(node)
  if node.mathtype == "DisplayMath" then
    return pandoc.Span({ node }, pandoc.Attr("", { "sa-equation" }, { tabindex = "0" }))
  end
end

-- A wide table scrolls in its own box, which the keyboard can reach, instead of widening a phone's page.
local function scrolling(node)
  local specs = node.colspecs
  local function rows(list)
    for position, row in ipairs(list) do
      list[position] = aligned(row, specs)
    end
    return list
  end
  node.head.rows, node.foot.rows = rows(node.head.rows), rows(node.foot.rows)
  for _, body in ipairs(node.bodies) do
    body.body, body.head = rows(body.body), rows(body.head)
  end
  node.colspecs = node.colspecs:map(function()
    return { pandoc.AlignDefault, nil }
  end)
  tables = tables + 1
  local label = stringify(node.caption.long)
  label = label ~= "" and label or (table_here:gsub("{number}", tostring(tables)))
  -- As a list: the order of a table's keys differs from run to run.
  local attributes = { { "tabindex", "0" }, { "role", "region" }, { "aria-label", label } }
  return pandoc.Div({ without_code(node) }, pandoc.Attr("", { "sa-scroll" }, attributes))
end

-- The second-level headings that can be linked to.
local function contents(blocks)
  local found = pandoc.List()
  blocks:walk({ Header = function(header)
    if header.level == 2 and header.identifier ~= "" then
      local text = pandoc.MetaString(stringify(header.content))
      found:insert(pandoc.MetaMap({ id = pandoc.MetaString(header.identifier), text = text }))
    end
  end })
  return found
end

-- Mermaid draws in the browser, and styles its drawing inline: the one page that holds a diagram must allow that.
local function has_diagram(blocks)
  local found
  blocks:walk({
    RawBlock = function(block)
      found = found or block.text:match('class="mermaid')
    end,
    CodeBlock = function(block)
      found = found or block.classes:includes("mermaid")
    end,
  })
  return found
end

local function said(meta, name)
  if meta[name] then
    local text = stringify(meta[name]):gsub("%s+", " "):gsub("^ ", ""):gsub(" $", "")
    return pandoc.MetaString(text)
  end
end

-- Where the page stands: the way to the site's root, and the entries of the navigation that it belongs to.
local function placed(meta, source)
  local folder, stem = source:match("^(.-)/?([^/]+)%.qmd$")
  meta.root = pandoc.MetaString(("../"):rep(select(2, folder:gsub("[^/]+", ""))))
  meta.address = pandoc.MetaString(source == "index.qmd" and "" or source:gsub("%.qmd$", ".html"))
  meta.at = pandoc.MetaMap({ ["page-" .. stem] = pandoc.MetaString("page") })
  if folder ~= "" then
    meta.at = pandoc.MetaMap({ ["page-" .. folder] = pandoc.MetaString("true") })
  end
end

local function for_layout(doc)
  local meta = doc.meta
  -- Quarto takes `toc` out of the metadata, and hands it to the writer.
  local wanted = not (quarto and not PANDOC_WRITER_OPTIONS.table_of_contents) and meta.toc ~= false
  local list = wanted and contents(doc.blocks) or pandoc.List()
  meta.contents = #list >= FEWEST and list or nil
  meta.heading = stringify(meta["title-block-style"] or "") ~= "none" and said(meta, "title") or nil
  meta.lead = said(meta, "subtitle")
  meta.summary = said(meta, "description")
  meta.tab = said(meta, "pagetitle") or said(meta, "title")
  if meta.tab and meta["site-title"] and stringify(meta.tab) == stringify(meta["site-title"]) then
    meta.tab = nil
  end
  if quarto then
    meta.diagrams = has_diagram(doc.blocks) and pandoc.MetaString("true") or nil
    local source = pandoc.path.make_relative(quarto.doc.input_file, quarto.project.directory)
    placed(meta, (source:gsub("\\", "/")))
  end
end

function Pandoc(doc)
  table_here = stringify(doc.meta["sa-table-here"] or table_here)
  diagram_here = stringify(doc.meta["sa-diagram-here"] or diagram_here)
  for_layout(doc)
  local tidy = { Div = column, Image = image, Math = equation, RawBlock = drawn, Table = scrolling }
  for _, kind in ipairs(CODED) do
    tidy[kind] = without_code
  end
  doc.blocks = doc.blocks:walk(tidy)
  return doc
end
