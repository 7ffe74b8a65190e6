# Annotation protocols: installed, and embedded in the programs.
protocol_files = \
    %D%/affect-bursts.json \
    %D%/affect-grid.json \
    %D%/arousal-pairs.json \
    %D%/customer-call.json \
    %D%/ekman6.json \
    %D%/emodb7.json \
    %D%/feeltrace.json \
    %D%/gew.json \
    %D%/sam9.json \
    %D%/utterances.json \
    %D%/valence-trace.json

dist_protocols_DATA = $(protocol_files)
protocolsdir = $(pkgdatadir)/protocols

%D%/protocol_embedded.c: $(protocol_files) build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) %D%; \
	cd $(srcdir) && $(SHELL) build-aux/embed protocol_embedded \
	    $(protocol_files) >$(abs_builddir)/$@-t && \
	mv $(abs_builddir)/$@-t $(abs_builddir)/$@

nodist_src_common_libcommon_a_SOURCES += %D%/protocol_embedded.c
BUILT_SOURCES += %D%/protocol_embedded.c
CLEANFILES += %D%/protocol_embedded.c
