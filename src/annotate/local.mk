# mien-annotate: the labelling workbench.
bin_PROGRAMS += mien-annotate
noinst_LIBRARIES += src/annotate/libannotate.a

annotate_app = \
    %D%/app/action.c %D%/app/action.h \
    %D%/app/actions.def \
    %D%/app/court.h \
    %D%/app/effect.c %D%/app/effect.h \
    %D%/app/key.c %D%/app/key.h \
    %D%/app/keymap.c %D%/app/keymap.h \
    %D%/app/message.h \
    %D%/app/mouse.h \
    %D%/app/model.c %D%/app/model.h \
    %D%/app/pen.c %D%/app/pen.h \
    %D%/app/picture.c %D%/app/picture.h \
    %D%/app/panes.h \
    %D%/app/timeline.c %D%/app/timeline.h \
    %D%/app/tracing.h \
    %D%/app/update.c %D%/app/update.h \
    %D%/app/update_answer.c \
    %D%/app/update_choice.c \
    %D%/app/update_compare.c \
    %D%/app/update_court.c \
    %D%/app/update_cursor.c \
    %D%/app/update_focus.c \
    %D%/app/update_form.c \
    %D%/app/update_grid.c \
    %D%/app/update_internal.h \
    %D%/app/update_item.c \
    %D%/app/update_mouse.c \
    %D%/app/update_page.c \
    %D%/app/update_picture.c \
    %D%/app/update_play.c \
    %D%/app/update_prompt.c \
    %D%/app/update_scale.c \
    %D%/app/update_segments.c \
    %D%/app/update_segments_edit.c \
    %D%/app/update_segments_find.c \
    %D%/app/update_segments_walk.c \
    %D%/app/update_sheet.c \
    %D%/app/update_study.c \
    %D%/app/update_text.c \
    %D%/app/update_timeline.c \
    %D%/app/update_trace.c \
    %D%/app/update_trace_key.c

annotate_view = \
    %D%/view/glyph.c %D%/view/glyph.h \
    %D%/view/layout.c %D%/view/layout.h \
    %D%/view/screen.c %D%/view/screen.h \
    %D%/view/theme.c %D%/view/theme.h \
    %D%/view/view.c %D%/view/view.h \
    %D%/view/view_choice.c \
    %D%/view/plain.c %D%/view/plain.h \
    %D%/view/view_compare.c \
    %D%/view/view_court.c \
    %D%/view/view_court_figure.c \
    %D%/view/view_draw.c \
    %D%/view/view_figure.c \
    %D%/view/view_form.c \
    %D%/view/view_grid.c \
    %D%/view/view_hit.c \
    %D%/view/view_internal.h \
    %D%/view/view_page.c \
    %D%/view/view_picture.c \
    %D%/view/view_prompt.c \
    %D%/view/view_question.c \
    %D%/view/view_ruler.c \
    %D%/view/view_scale.c \
    %D%/view/view_segments.c \
    %D%/view/view_sheet.c \
    %D%/view/view_sound.c \
    %D%/view/view_spectrogram.c \
    %D%/view/view_status.c \
    %D%/view/view_study.c \
    %D%/view/view_text.c \
    %D%/view/view_tiers.c \
    %D%/view/view_trace.c \
    %D%/view/view_tracks.c \
    %D%/view/view_wheel.c \
    %D%/view/view_wrap.c \
    %D%/view/view_writing.c

annotate_term = \
    %D%/term/easel.c %D%/term/easel.h \
    %D%/term/facts.c %D%/term/facts.h \
    %D%/term/keys.c %D%/term/keys.h \
    %D%/term/picture.c %D%/term/picture.h \
    %D%/term/restore.c %D%/term/restore.h \
    %D%/term/term.c %D%/term/term.h \
    %D%/term/terminfo.c %D%/term/terminfo.h

annotate_play = \
    %D%/play/clock.c %D%/play/clock.h \
    %D%/play/decode.c %D%/play/decode.h \
    %D%/play/feed.c %D%/play/feed.h \
    %D%/play/film.c %D%/play/film.h \
    %D%/play/pace.c %D%/play/pace.h \
    %D%/play/player.c %D%/play/player.h \
    %D%/play/quiet.c %D%/play/quiet.h \
    %D%/play/player_internal.h \
    %D%/play/player_snapshot.c \
    %D%/play/ring.c %D%/play/ring.h \
    %D%/play/sight.c %D%/play/sight.h \
    %D%/play/sight_internal.h \
    %D%/play/sight_tile.c \
    %D%/play/sink.h \
    %D%/play/sink_null.c %D%/play/sink_null.h \
    %D%/play/sink_sdl.c %D%/play/sink_sdl.h \
    %D%/play/source.c %D%/play/source.h \
    %D%/play/span.c %D%/play/span.h \
    %D%/play/stick.c %D%/play/stick.h \
    %D%/play/wake.c %D%/play/wake.h \
    %D%/play/window.c %D%/play/window.h \
    %D%/play/worker.c %D%/play/worker.h

# The subcommands and what they share.
annotate_top = \
    %D%/adjudicate.h \
    %D%/adjudicate_deed.c \
    %D%/adjudicate_report.c \
    %D%/adjudicate_screen.c \
    %D%/agreement_methods.c \
    %D%/agreement_print.c \
    %D%/agreement_work.c %D%/agreement_work.h \
    %D%/bench.c %D%/bench.h \
    %D%/bench_court.c %D%/bench_court.h \
    %D%/bench_court_case.c \
    %D%/bench_court_figure.c \
    %D%/bench_court_internal.h \
    %D%/bench_effect.c \
    %D%/bench_film.c \
    %D%/bench_internal.h \
    %D%/bench_medium.c \
    %D%/bench_trace.c \
    %D%/bench_window.c \
    %D%/cmd_adjudicate.c \
    %D%/bench_sight.c \
    %D%/cmd_agreement.c \
    %D%/cmd_annotator.c \
    %D%/assign_read.c %D%/assign_read.h \
    %D%/cmd_assign.c \
    %D%/cmd_bundle.c \
    %D%/cmd_collect.c \
    %D%/cmd_dataset.c \
    %D%/cmd_export.c \
    %D%/cmd_import.c \
    %D%/cmd_init.c \
    %D%/cmd_label.c \
    %D%/cmd_log.c \
    %D%/cmd_protocol.c \
    %D%/cmd_replay.c \
    %D%/cmd_selftest.c \
    %D%/cmd_snapshot.c \
    %D%/cmd_status.c \
    %D%/commands.c %D%/commands.h \
    %D%/dataset_check.c %D%/dataset_check.h \
    %D%/docket.c %D%/docket.h \
    %D%/docket_auto.c %D%/docket_auto.h \
    %D%/docket_lock.c \
    %D%/docket_voice.c \
    %D%/export_drawn.c %D%/export_drawn.h \
    %D%/export_frozen.c %D%/export_frozen.h \
    %D%/export_frozen_segments.c \
    %D%/export_mine.c %D%/export_mine.h \
    %D%/export_mine_marks.c %D%/export_mine_marks.h \
    %D%/export_rows.c %D%/export_rows.h \
    %D%/export_trace.c %D%/export_trace.h \
    %D%/export_segments.c %D%/export_segments.h \
    %D%/export_truth.c %D%/export_truth.h \
    %D%/export_write.c \
    %D%/fault_report.c %D%/fault_report.h \
    %D%/freeze.c %D%/freeze.h \
    %D%/freeze_diff.c \
    %D%/freeze_internal.h \
    %D%/freeze_marks.c \
    %D%/home.c %D%/home.h \
    %D%/import_table.c %D%/import_table.h \
    %D%/import_twin.c %D%/import_twin.h \
    %D%/loop.c %D%/loop.h \
    %D%/plain_mode.c %D%/plain_mode.h \
    %D%/panel.c %D%/panel.h \
    %D%/panel_by.c \
    %D%/panel_segments.c %D%/panel_segments.h \
    %D%/panel_traces.c %D%/panel_traces.h \
    %D%/protocol_show.c %D%/protocol_show.h \
    %D%/protocol_show_tiers.c \
    %D%/quality.c %D%/quality.h \
    %D%/quality_drift.c \
    %D%/quality_internal.h \
    %D%/quality_retest.c \
    %D%/replay.c %D%/replay.h \
    %D%/replay_trace.c \
    %D%/script.c %D%/script.h \
    %D%/simulate.c %D%/simulate.h \
    %D%/selftest.h \
    %D%/selftest_tap.c \
    %D%/selftest_wait.c \
    %D%/timing_file.c %D%/timing_file.h \
    %D%/sitting.h \
    %D%/workspace.c %D%/workspace.h

# All but main, so that tests can link it.
src_annotate_libannotate_a_SOURCES = $(annotate_app) $(annotate_view) \
    $(annotate_term) $(annotate_play) $(annotate_top)

ANNOTATE_LIBS = src/annotate/libannotate.a $(COMMON_LIBS) \
    $(NCURSES_LIBS) $(CHAFA_LIBS) $(SDL_LIBS)

# The keys that are shipped, compiled in.
nodist_src_annotate_libannotate_a_SOURCES = %D%/app/keys_embedded.c
annotate_keys = %D%/app/defaults.conf %D%/app/left.conf %D%/app/right.conf
EXTRA_DIST += $(annotate_keys)
CLEANFILES += %D%/app/keys_embedded.c
%D%/app/keys_embedded.c: $(annotate_keys) build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(SHELL) $(srcdir)/build-aux/embed \
	    annotate_keys $(srcdir)/src/annotate/app/defaults.conf \
	    $(srcdir)/src/annotate/app/left.conf \
	    $(srcdir)/src/annotate/app/right.conf >$@.tmp && \
	mv $@.tmp $@

mien_annotate_SOURCES = %D%/main.c
mien_annotate_LDADD = $(ANNOTATE_LIBS)
