# mien-annotate: the labelling workbench.
bin_PROGRAMS += mien-annotate
noinst_LIBRARIES += src/annotate/libannotate.a

annotate_app =

annotate_view =

annotate_term =

annotate_play = \
    %D%/play/player.h \
    %D%/play/wake.c %D%/play/wake.h

# The subcommands and what they share.
annotate_top = \
    %D%/commands.c %D%/commands.h

# All but main, so that tests can link it.
src_annotate_libannotate_a_SOURCES = $(annotate_app) $(annotate_view) \
    $(annotate_term) $(annotate_play) $(annotate_top)

ANNOTATE_LIBS = src/annotate/libannotate.a $(COMMON_LIBS) \
    $(NCURSES_LIBS) $(SDL_LIBS)

mien_annotate_SOURCES = %D%/main.c
mien_annotate_LDADD = $(ANNOTATE_LIBS)
