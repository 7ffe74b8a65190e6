# Man pages, mdoc; OPTIONS blocks come from the option tables (update-man).
dist_man_MANS +=

# OPTIONS are printed by the programs; see tests/docs/options.sh.
update-man: all
	srcdir='$(abs_top_srcdir)' builddir='$(abs_top_builddir)' \
	    $(SHELL) $(srcdir)/tests/docs/options.sh update
