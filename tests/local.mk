# Tests: TAP, run by automake's parallel harness.
#
# unit/  cmocka programs        cli/  shell scripts on the programs
# ref/   trusted tools' numbers tui/  scripts and screens of the workbench
# crash/ kill -9, full disks    docs/ man pages and their examples
# lint/  rules of the house     bench/ benchmarks (make bench; not in check)
TEST_EXTENSIONS = .sh
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' CMOCKA_MESSAGE_OUTPUT=TAP \
    $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = env AM_TAP_AWK='$(AWK)' \
    $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = \
    MIEN_SHARED="$${MIEN_SHARED:-$(abs_top_srcdir)/../shared}"; \
    export MIEN_SHARED; \
    srcdir='$(abs_top_srcdir)'; export srcdir; \
    builddir='$(abs_top_builddir)'; export builddir; \
    CC='$(CC)'; export CC; \
    UBSAN_OPTIONS=print_stacktrace=1; export UBSAN_OPTIONS;

# Every unit program: TESTS and check_PROGRAMS both.
unit_tests = \
    tests/crash/test_kill \
    tests/crash/test_kill_trace \
    tests/crash/test_kill_segments \
    tests/ref/test_corpora \
    tests/ref/test_folds \
    tests/unit/app/test_keymap \
    tests/unit/app/test_pen \
    tests/unit/app/test_timeline \
    tests/unit/app/test_quality \
    tests/unit/app/test_update_answer \
    tests/unit/app/test_update_court \
    tests/unit/app/test_update_item \
    tests/unit/app/test_update_segments \
    tests/unit/base/test_base \
    tests/unit/base/test_number \
    tests/unit/cli/test_option \
    tests/unit/file/test_json \
    tests/unit/file/test_table \
    tests/unit/learn/test_design \
    tests/unit/learn/test_linear \
    tests/unit/learn/test_normalize \
    tests/unit/learn/test_tfidf \
    tests/unit/media/test_loudness \
    tests/unit/media/test_peaks \
    tests/unit/media/test_peaks_file \
    tests/unit/media/test_reader \
    tests/unit/media/test_reader_pair \
    tests/unit/store/test_blind \
    tests/unit/stat/test_bradley_terry \
    tests/unit/stat/test_cusum \
    tests/unit/stat/test_permute \
    tests/unit/store/test_bundle \
    tests/unit/store/test_checkpoint \
    tests/unit/store/test_erase \
    tests/unit/store/test_pairs \
    tests/unit/store/test_project \
    tests/unit/store/test_samples \
    tests/unit/store/test_queue \
    tests/unit/store/test_snapshot \
    tests/unit/study/test_corpus \
    tests/unit/study/test_event \
    tests/unit/study/test_fold \
    tests/unit/study/test_fold_track \
    tests/unit/study/test_order \
    tests/unit/study/test_pairing \
    tests/unit/study/test_protocol \
    tests/unit/study/test_protocol_check \
    tests/unit/study/test_reference \
    tests/unit/study/test_session \
    tests/unit/study/test_timing \
    tests/unit/study/test_settle \
    tests/unit/study/test_settle_drawn \
    tests/unit/study/test_trace \
    tests/unit/study/test_track \
    tests/unit/study/test_track_random \
    tests/unit/term/test_keys \
    tests/unit/term/test_picture \
    tests/unit/valid/test_cv \
    tests/unit/valid/test_split \
    tests/unit/view/test_layout \
    tests/unit/view/test_monkey \
    tests/unit/view/test_screen \
    tests/unit/view/test_wrap

# A corpus for tests and examples; needs no library.
check_PROGRAMS += tests/support/synth
tests_support_synth_LDADD = -lm

# A bundle for screen tests, the scripts and their screens.
check_PROGRAMS += tests/tui/make_bundle
tests_tui_make_bundle_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/support
check_PROGRAMS += tests/tui/draw_court
tests_tui_draw_court_LDADD = $(ANNOTATE_TEST_LIBS)
EXTRA_DIST += \
    tests/tui/court.screen \
    tests/tui/again.script tests/tui/again.screen \
    tests/tui/all_choice.script tests/tui/all_choice.screen \
    tests/tui/all_scale.script tests/tui/all_scale.screen \
    tests/tui/all_sam.script tests/tui/all_sam.screen \
    tests/tui/all_slider.script tests/tui/all_slider.screen \
    tests/tui/all_grid.script tests/tui/all_grid.screen \
    tests/tui/all_wheel.script tests/tui/all_wheel.screen \
    tests/tui/all_segments.script tests/tui/all_segments.screen \
    tests/tui/all_trace.script tests/tui/all_trace.screen \
    tests/tui/all_text.script tests/tui/all_text.screen \
    tests/tui/select.script tests/tui/select.screen \
    tests/tui/all_plane.script tests/tui/all_plane.screen \
    tests/tui/all_rank.script tests/tui/all_rank.screen \
    tests/tui/all_film.script tests/tui/all_film.screen \
    tests/tui/both.script tests/tui/both.screen \
    tests/tui/all_compare.script tests/tui/all_compare.screen \
    tests/tui/compare_much.json \
    tests/tui/compare_much.script tests/tui/compare_much.screen \
    tests/tui/compare.json \
    tests/tui/compare.script tests/tui/compare.screen \
    tests/tui/rank.json \
    tests/tui/ending.script tests/tui/ending.screen \
    tests/tui/failed.script tests/tui/failed.screen \
    tests/tui/limits.script tests/tui/limits.screen \
    tests/tui/paused.script tests/tui/paused.screen \
    tests/tui/practice.script tests/tui/practice.screen \
    tests/tui/repeats.script tests/tui/repeats.screen \
    tests/tui/study.json \
    tests/tui/ascii.script tests/tui/ascii.screen \
    tests/tui/break.script tests/tui/break.screen \
    tests/tui/choice.script tests/tui/choice.screen \
    tests/tui/crowded.json \
    tests/tui/crowded.script tests/tui/crowded.screen \
    tests/tui/german.script tests/tui/german.screen \
    tests/tui/grid.script tests/tui/grid.screen \
    tests/tui/grid_many.json \
    tests/tui/grid_many.script tests/tui/grid_many.screen \
    tests/tui/grid_wide.json \
    tests/tui/grid_wide.script tests/tui/grid_wide.screen \
    tests/tui/plane.json \
    tests/tui/plane.script tests/tui/plane.screen \
    tests/tui/trace.script tests/tui/trace.screen \
    tests/tui/text.json \
    tests/tui/text.script tests/tui/text.screen \
    tests/tui/text_long.script tests/tui/text_long.screen \
    tests/tui/walk.script tests/tui/walk.screen \
    tests/tui/wheel.script tests/tui/wheel.screen \
    tests/tui/film.json \
    tests/tui/film.script tests/tui/film.screen \
    tests/tui/filmascii.script tests/tui/filmascii.screen \
    tests/tui/keys.conf \
    tests/tui/halfway.script tests/tui/halfway.screen \
    tests/tui/keys.script tests/tui/keys.screen \
    tests/tui/large.script tests/tui/large.screen \
    tests/tui/many.script tests/tui/many.screen \
    tests/tui/missing.script tests/tui/missing.screen \
    tests/tui/mixed.json \
    tests/tui/mouse.script tests/tui/mouse.screen \
    tests/tui/panes.json \
    tests/tui/panes.script tests/tui/panes.screen \
    tests/tui/panes_ascii.script tests/tui/panes_ascii.screen \
    tests/tui/resume.script tests/tui/resume.screen \
    tests/tui/rules.json \
    tests/tui/rules.script tests/tui/rules.screen \
    tests/tui/sam5.json \
    tests/tui/sam5.script tests/tui/sam5.screen \
    tests/tui/scale.script tests/tui/scale.screen \
    tests/tui/small.script tests/tui/small.screen \
    tests/tui/edges.script tests/tui/edges.screen \
    tests/tui/drag.script tests/tui/drag.screen \
    tests/tui/running.script tests/tui/running.screen \
    tests/tui/tiers.json \
    tests/tui/tiers.script tests/tui/tiers.screen \
    tests/tui/speed.json \
    tests/tui/speed.script tests/tui/speed.screen

update-golden: mien-annotate$(EXEEXT) tests/tui/make_bundle$(EXEEXT) \
	tests/tui/draw_court$(EXEEXT)
	srcdir='$(abs_top_srcdir)' builddir='$(abs_top_builddir)' \
	    UPDATE_GOLDEN=1 $(SHELL) $(srcdir)/tests/tui/run.sh
	srcdir='$(abs_top_srcdir)' builddir='$(abs_top_builddir)' \
	    UPDATE_GOLDEN=1 $(SHELL) $(srcdir)/tests/tui/court.sh

tests_crash_test_kill_SOURCES = \
    tests/crash/killing.c tests/crash/killing.h tests/crash/test_kill.c
tests_crash_test_kill_trace_SOURCES = \
    tests/crash/killing.c tests/crash/killing.h tests/crash/test_kill_trace.c
tests_crash_test_kill_segments_SOURCES = \
    tests/crash/killing.c tests/crash/killing.h \
    tests/crash/test_kill_segments.c

# What a journal holds, for the crash tests.
check_PROGRAMS += tests/crash/count_answers

tests_unit_app_test_keymap_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_app_test_pen_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_app_test_timeline_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_app_test_quality_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_app_test_update_answer_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_app_test_update_answer_SOURCES = \
    tests/unit/app/fake_bench.c tests/unit/app/fake_bench.h \
    tests/unit/app/test_update_answer.c
tests_unit_app_test_update_segments_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_app_test_update_segments_SOURCES = \
    tests/unit/app/fake_bench.c tests/unit/app/fake_bench.h \
    tests/unit/app/test_update_segments.c
tests_unit_app_test_update_court_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_app_test_update_court_SOURCES = \
    tests/unit/app/fake_bench.c tests/unit/app/fake_bench.h \
    tests/unit/app/test_update_court.c
tests_unit_app_test_update_item_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_app_test_update_item_SOURCES = \
    tests/unit/app/fake_bench.c tests/unit/app/fake_bench.h \
    tests/unit/app/test_update_item.c
tests_unit_study_test_fold_track_SOURCES = \
    tests/unit/study/random_marks.c tests/unit/study/random_marks.h \
    tests/unit/study/test_fold_track.c
tests_unit_study_test_track_random_SOURCES = \
    tests/unit/study/random_marks.c tests/unit/study/random_marks.h \
    tests/unit/study/test_track_random.c
# The store's tests share a small project.
tests_unit_store_test_blind_SOURCES = tests/unit/store/test_blind.c \
    tests/unit/store/fixture.c tests/unit/store/fixture.h
tests_unit_store_test_pairs_SOURCES = tests/unit/store/test_pairs.c \
    tests/unit/store/fixture.c tests/unit/store/fixture.h
tests_unit_store_test_erase_SOURCES = tests/unit/store/test_erase.c \
    tests/unit/store/fixture.c tests/unit/store/fixture.h
tests_unit_store_test_queue_SOURCES = tests/unit/store/test_queue.c \
    tests/unit/store/fixture.c tests/unit/store/fixture.h
tests_unit_store_test_snapshot_SOURCES = tests/unit/store/test_snapshot.c \
    tests/unit/store/fixture.c tests/unit/store/fixture.h
tests_unit_store_test_project_SOURCES = tests/unit/store/test_project.c \
    tests/unit/store/fixture.c tests/unit/store/fixture.h
tests_unit_store_test_samples_SOURCES = tests/unit/store/test_samples.c \
    tests/unit/store/fixture.c tests/unit/store/fixture.h

tests_unit_term_test_picture_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_term_test_keys_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_view_test_layout_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_view_test_monkey_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_view_test_monkey_SOURCES = \
    tests/unit/app/fake_bench.c tests/unit/app/fake_bench.h \
    tests/unit/view/test_monkey.c
tests_unit_view_test_screen_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_view_test_wrap_LDADD = $(ANNOTATE_TEST_LIBS)

shell_tests = \
    tests/cli/agree.sh \
    tests/ref/chain.sh \
    tests/crash/extract.sh \
    tests/crash/full.sh \
    tests/crash/full_types.sh \
    tests/crash/opens.sh \
    tests/crash/refused.sh \
    tests/crash/two.sh \
    tests/cli/blind.sh \
    tests/cli/compare.sh \
    tests/cli/corpus.sh \
    tests/cli/dataset.sh \
    tests/cli/no_effect.sh \
    tests/cli/pairs.sh \
    tests/cli/pairs_truth.sh \
    tests/cli/places.sh \
    tests/cli/plain.sh \
    tests/cli/project.sh \
    tests/cli/practice.sh \
    tests/cli/protocol.sh \
    tests/cli/questions.sh \
    tests/cli/record.sh \
    tests/cli/refused.sh \
    tests/cli/tags.sh \
    tests/cli/trace.sh \
    tests/cli/uncertain.sh \
    tests/cli/study.sh \
    tests/cli/frozen.sh \
    tests/cli/gain.sh \
    tests/cli/library.sh \
    tests/cli/segments.sh \
    tests/cli/selftest.sh \
    tests/lint/layers.sh \
    tests/lint/sizes.sh \
    tests/lint/verdict.sh \
    tests/lint/headers.sh \
    tests/lint/banned.sh \
    tests/lint/format.sh \
    tests/tui/court.sh \
    tests/tui/errors.sh \
    tests/tui/run.sh \
    tests/tui/tmux.sh \
    tests/tui/window.sh \
    tests/unit/play/tsan.sh \
    tests/cli/cv.sh \
    tests/ref/cv_emodb.sh

if HAVE_CMOCKA
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
endif
TESTS += $(shell_tests)

COMMON_TEST_LIBS = $(COMMON_LIBS) $(CMOCKA_LIBS)
ANNOTATE_TEST_LIBS = $(ANNOTATE_LIBS) $(CMOCKA_LIBS)
EVAL_TEST_LIBS = $(EVAL_LIBS) $(CMOCKA_LIBS)

LDADD = $(COMMON_TEST_LIBS)
tests_unit_valid_test_cv_SOURCES = tests/unit/valid/test_cv.c \
    tests/unit/valid/made_design.c tests/unit/valid/made_design.h
tests_unit_valid_test_cv_LDADD = $(EVAL_TEST_LIBS)
tests_unit_learn_test_design_LDADD = $(EVAL_TEST_LIBS)
tests_unit_valid_test_split_LDADD = $(EVAL_TEST_LIBS)
tests_unit_learn_test_normalize_LDADD = $(EVAL_TEST_LIBS)
tests_unit_learn_test_tfidf_LDADD = $(EVAL_TEST_LIBS)
tests_unit_learn_test_linear_LDADD = $(EVAL_TEST_LIBS)
tests_ref_test_folds_LDADD = $(EVAL_TEST_LIBS)

# Media, signals, features.
check_PROGRAMS += tests/support/tone
tests_support_tone_LDADD = -lm
shell_tests += tests/cli/align.sh \
    tests/cli/align_items.sh \
    tests/cli/extract.sh \
    tests/cli/extract_broken.sh \
    tests/cli/extract_face.sh \
    tests/cli/extract_frames.sh \
    tests/cli/extract_odd.sh \
    tests/cli/extract_physio.sh \
    tests/cli/extract_quality.sh \
    tests/cli/extract_prepare.sh \
    tests/cli/extract_robust.sh \
    tests/cli/extract_speech.sh \
    tests/cli/extract_text.sh \
    tests/ref/robust_emodb.sh \
    tests/ref/speech_praat.sh \
    tests/ref/compare_tests.sh \
    tests/ref/text_vader.sh
unit_tests += \
    tests/ref/test_basic_set \
    tests/ref/test_egemaps \
    tests/ref/test_feature_formats \
    tests/ref/test_pitch \
    tests/unit/feat/test_extract \
    tests/unit/feat/test_face \
    tests/unit/feat/test_feature_table \
    tests/unit/feat/test_features \
    tests/unit/feat/test_clock \
    tests/unit/feat/test_physio \
    tests/unit/feat/test_series \
    tests/unit/feat/test_quality \
    tests/unit/feat/test_text \
    tests/unit/feat/test_hills \
    tests/unit/feat/test_speech \
    tests/unit/feat/test_voice \
    tests/unit/media/test_library \
    tests/unit/media/test_prepare \
    tests/unit/media/test_rate \
    tests/unit/media/test_stretch \
    tests/unit/media/test_video \
    tests/unit/signal/test_lpc \
    tests/unit/signal/test_pitch \
    tests/unit/signal/test_signal \
    tests/unit/signal/test_spectrogram
tests_ref_test_basic_set_LDADD = $(EVAL_TEST_LIBS)
tests_unit_feat_test_hills_LDADD = $(EVAL_TEST_LIBS)
tests_unit_feat_test_speech_LDADD = $(EVAL_TEST_LIBS)
tests_unit_feat_test_voice_LDADD = $(EVAL_TEST_LIBS)
tests_ref_test_egemaps_LDADD = $(EVAL_TEST_LIBS)
tests_ref_test_feature_formats_LDADD = $(EVAL_TEST_LIBS)
tests_unit_feat_test_extract_LDADD = $(EVAL_TEST_LIBS)
tests_unit_feat_test_face_LDADD = $(EVAL_TEST_LIBS)
tests_unit_feat_test_feature_table_LDADD = $(EVAL_TEST_LIBS)
tests_unit_feat_test_features_LDADD = $(EVAL_TEST_LIBS)
tests_unit_feat_test_clock_LDADD = $(EVAL_TEST_LIBS)
tests_unit_feat_test_physio_LDADD = $(EVAL_TEST_LIBS)
tests_unit_feat_test_series_LDADD = $(EVAL_TEST_LIBS)
tests_unit_feat_test_quality_LDADD = $(EVAL_TEST_LIBS)
tests_unit_feat_test_text_LDADD = $(EVAL_TEST_LIBS)
tests_unit_media_test_loudness_CPPFLAGS = $(AM_CPPFLAGS) \
    -I$(top_srcdir)/tests/unit/play
tests_unit_media_test_video_CPPFLAGS = $(AM_CPPFLAGS) \
    -I$(top_srcdir)/tests/support
EXTRA_DIST += tests/support/avi.h tests/support/film.h
tests_unit_media_test_prepare_SOURCES = tests/unit/media/test_prepare.c \
    tests/unit/media/encode.c tests/unit/media/encode.h
tests_unit_media_test_rate_SOURCES = tests/unit/media/test_rate.c \
    tests/unit/media/encode.c tests/unit/media/encode.h

unit_tests += tests/unit/play/test_clock \
    tests/unit/play/test_feed \
    tests/unit/play/test_film \
    tests/unit/play/test_player \
    tests/unit/play/test_player_exact \
    tests/unit/play/test_player_open \
    tests/unit/play/test_player_sdl \
    tests/unit/play/test_player_speed \
    tests/unit/play/test_ring \
    tests/unit/play/test_stick \
    tests/unit/play/test_sight \
    tests/unit/play/test_worker
tests_unit_play_test_clock_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_play_test_feed_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_play_test_film_CPPFLAGS = $(AM_CPPFLAGS) \
    -I$(top_srcdir)/tests/support
tests_unit_play_test_film_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_play_test_player_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_play_test_player_exact_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_play_test_player_open_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_play_test_player_sdl_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_play_test_player_speed_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_play_test_ring_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_play_test_stick_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_play_test_sight_LDADD = $(ANNOTATE_TEST_LIBS)
tests_unit_play_test_worker_LDADD = $(ANNOTATE_TEST_LIBS)
EXTRA_DIST += tests/unit/play/manual.h tests/unit/play/sound.h

tests_unit_media_test_reader_CPPFLAGS = $(AM_CPPFLAGS) \
    -I$(top_srcdir)/tests/support
tests_unit_media_test_reader_SOURCES = tests/unit/media/test_reader.c \
    tests/unit/media/encode.c tests/unit/media/encode.h

EXTRA_DIST += $(shell_tests) \
    tests/ref/chain.py \
    tests/support/tap.sh \
    tests/lint/layers.txt \
    tests/lint/layers.awk \
    tests/docs/examples.awk \
    tests/docs/keys.awk

unit_tests += tests/ref/test_agreement \
    tests/ref/test_bootstrap \
    tests/ref/test_ccc \
    tests/ref/test_classify \
    tests/ref/test_drift \
    tests/ref/test_reliability \
    tests/ref/test_significance
tests_ref_test_bootstrap_LDADD = $(EVAL_TEST_LIBS)
tests_ref_test_ccc_LDADD = $(EVAL_TEST_LIBS)
tests_ref_test_classify_LDADD = $(EVAL_TEST_LIBS)
EXTRA_DIST += tests/ref/golden.h

unit_tests += tests/unit/stat/test_agreement \
    tests/unit/stat/test_curve \
    tests/unit/stat/test_describe \
    tests/unit/stat/test_interval \
    tests/unit/stat/test_ratings \
    tests/unit/stat/test_stretch \
    tests/unit/study/test_ratings_table

unit_tests += tests/unit/fair/test_coverage \
    tests/unit/fair/test_gap \
    tests/unit/fair/test_policy \
    tests/unit/score/test_classify \
    tests/unit/score/test_predictions
tests_unit_fair_test_coverage_LDADD = $(EVAL_TEST_LIBS)
tests_unit_fair_test_gap_LDADD = $(EVAL_TEST_LIBS)
tests_unit_fair_test_policy_LDADD = $(EVAL_TEST_LIBS)
tests_unit_score_test_classify_LDADD = $(EVAL_TEST_LIBS)
tests_unit_score_test_predictions_LDADD = $(EVAL_TEST_LIBS)

shell_tests += tests/cli/gate.sh \
    tests/cli/replay.sh \
    tests/cli/score.sh \
    tests/cli/truth.sh \
    tests/cli/truth_drawn.sh \
    tests/cli/truth_ravdess.sh

# The book: OPTIONS and keys as the programs have them, EXAMPLES run.
shell_tests += \
    tests/docs/columns.sh \
    tests/docs/completion.sh \
    tests/docs/examples.sh \
    tests/docs/mandoc.sh \
    tests/docs/options.sh

# Benchmarks: printed, not judged.
bench_scripts = \
    tests/bench/agree.sh \
    tests/bench/aggregate.sh \
    tests/bench/cv.sh \
    tests/bench/egemaps.sh \
    tests/bench/extract.sh \
    tests/bench/long.sh \
    tests/bench/pty.sh \
    tests/bench/segments.sh \
    tests/bench/trace.sh
EXTRA_DIST += $(bench_scripts) tests/bench/sets.sh tests/bench/peers.py tests/bench/pty.c

EXTRA_PROGRAMS = tests/bench/aggregate tests/bench/alpha \
    tests/bench/coverage tests/bench/folds tests/bench/peak \
    tests/bench/segments \
    tests/bench/trace
CLEANFILES += tests/bench/aggregate tests/bench/alpha tests/bench/coverage \
    tests/bench/folds tests/bench/peak tests/bench/segments \
    tests/bench/trace
tests_bench_aggregate_LDADD = $(COMMON_LIBS)
tests_bench_alpha_LDADD = $(COMMON_LIBS)
tests_bench_coverage_LDADD = $(COMMON_LIBS)
tests_bench_folds_LDADD = $(EVAL_LIBS)
tests_bench_segments_LDADD = $(ANNOTATE_LIBS)
tests_bench_trace_LDADD = $(COMMON_LIBS)

# Hours: one look at the outer folds of two corpora for each set.
.PHONY: bench-sets
bench-sets: mien-eval
	builddir='$(abs_top_builddir)' \
	    MIEN_SHARED="$${MIEN_SHARED:-$(abs_top_srcdir)/../shared}" \
	    $(SHELL) $(srcdir)/tests/bench/sets.sh

bench: mien-eval tests/support/tone tests/bench/aggregate tests/bench/alpha \
    tests/bench/peak tests/bench/folds tests/bench/segments tests/bench/trace
	@for script in $(bench_scripts); do \
	    echo "== $$script"; \
	    srcdir='$(abs_top_srcdir)' builddir='$(abs_top_builddir)' \
		$(SHELL) "$(srcdir)/$$script" || exit; \
	done

# Consensus of several annotators.
unit_tests += tests/unit/stat/test_consensus \
    tests/ref/test_consensus_model \
    tests/ref/test_consensus_vote
EXTRA_DIST += tests/ref/crowd.h
shell_tests += tests/cli/aggregate.sh tests/cli/agree_more.sh \
    tests/cli/agree_segments.sh \
    tests/cli/agreement_types.sh \
    tests/cli/traces.sh

# How far answers are from what was heard.
bench_scripts += tests/bench/label_audio.sh
EXTRA_PROGRAMS += tests/bench/label_audio
CLEANFILES += tests/bench/label_audio
tests_bench_label_audio_LDADD = $(ANNOTATE_LIBS)
bench: tests/bench/label_audio tests/support/synth

# Every reader of outside input, by inputs that were kept and made.
fuzz_tests = \
    tests/fuzz/fuzz_align \
    tests/fuzz/fuzz_cache \
    tests/fuzz/fuzz_corpus \
    tests/fuzz/fuzz_csv \
    tests/fuzz/fuzz_events \
    tests/fuzz/fuzz_face \
    tests/fuzz/fuzz_features \
    tests/fuzz/fuzz_fits \
    tests/fuzz/fuzz_hashes \
    tests/fuzz/fuzz_json \
    tests/fuzz/fuzz_keys \
    tests/fuzz/fuzz_lexicon \
    tests/fuzz/fuzz_marks \
    tests/fuzz/fuzz_physio \
    tests/fuzz/fuzz_policy \
    tests/fuzz/fuzz_predictions \
    tests/fuzz/fuzz_protocol \
    tests/fuzz/fuzz_ratings \
    tests/fuzz/fuzz_run \
    tests/fuzz/fuzz_script \
    tests/fuzz/fuzz_sound \
    tests/fuzz/fuzz_store \
    tests/fuzz/fuzz_tables \
    tests/fuzz/fuzz_video
check_PROGRAMS += $(fuzz_tests)
TESTS += $(fuzz_tests)
check_LIBRARIES += tests/fuzz/libfuzz.a
tests_fuzz_libfuzz_a_SOURCES = tests/fuzz/fuzz.c tests/fuzz/fuzz.h \
    tests/fuzz/fuzz_change.c tests/fuzz/fuzz_change.h \
    tests/fuzz/fuzz_replay.c tests/unit/media/encode.c
FUZZ_READERS = tests/fuzz/libfuzz.a src/annotate/libannotate.a \
    src/eval/libeval.a
FUZZ_LIBS = $(FUZZ_READERS) $(ANNOTATE_LIBS) $(EVAL_LIBS)
tests_fuzz_fuzz_align_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_cache_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_corpus_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_csv_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_events_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_face_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_features_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_fits_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_hashes_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_json_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_keys_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_lexicon_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_marks_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_physio_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_policy_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_predictions_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_protocol_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_ratings_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_run_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_script_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_sound_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_store_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_tables_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_video_LDADD = $(FUZZ_LIBS)

# A target as libFuzzer calls it; run.sh makes it, with clang.
EXTRA_PROGRAMS += tests/fuzz/engine
tests_fuzz_engine_SOURCES = tests/fuzz/fuzz_engine.c
tests_fuzz_engine_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_engine_LDADD = $(FUZZ_TARGET) $(FUZZ_LIBS)
EXTRA_DIST += tests/fuzz/run.sh tests/fuzz/corpus

.PHONY: fuzz
fuzz:
	$(SHELL) $(srcdir)/tests/fuzz/run.sh
