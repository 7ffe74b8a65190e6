# Corpus descriptors: installed, and embedded in the programs.
dataset_files = \
    %D%/crema-d.json \
    %D%/emodb.json \
    %D%/goemotions.json \
    %D%/meld.json \
    %D%/ravdess.json

dist_datasets_DATA = $(dataset_files)
datasetsdir = $(pkgdatadir)/datasets

%D%/corpus_embedded.c: $(dataset_files) build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) %D%; \
	cd $(srcdir) && $(SHELL) build-aux/embed corpus_embedded \
	    $(dataset_files) >$(abs_builddir)/$@-t && \
	mv $(abs_builddir)/$@-t $(abs_builddir)/$@

nodist_src_common_libcommon_a_SOURCES += %D%/corpus_embedded.c
BUILT_SOURCES += %D%/corpus_embedded.c
CLEANFILES += %D%/corpus_embedded.c
