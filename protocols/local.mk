# Annotation protocols: installed, and embedded in mien-annotate.
dist_protocols_DATA =
protocolsdir = $(pkgdatadir)/protocols
