"""From one Quarto project to a site: by Quarto itself, or by Pandoc inside the site's own layout."""
