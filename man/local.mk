# Man pages, mdoc; OPTIONS blocks come from the option tables (update-man).
dist_man_MANS +=
