# common: what both programs are built from.
noinst_LIBRARIES += src/common/libcommon.a

common_base = \
    %D%/base/buf.c %D%/base/buf.h \
    %D%/base/codes.c %D%/base/codes.h \
    %D%/base/embedded.c %D%/base/embedded.h \
    %D%/base/error.c %D%/base/error.h \
    %D%/base/intern.c %D%/base/intern.h \
    %D%/base/interrupt.c %D%/base/interrupt.h \
    %D%/base/log.c %D%/base/log.h \
    %D%/base/mem.c %D%/base/mem.h \
    %D%/base/number.c %D%/base/number.h \
    %D%/base/path.c %D%/base/path.h \
    %D%/base/pool.c %D%/base/pool.h \
    %D%/base/progress.c %D%/base/progress.h \
    %D%/base/rng.c %D%/base/rng.h \
    %D%/base/text.c %D%/base/text.h \
    %D%/base/utf8.c %D%/base/utf8.h \
    %D%/base/vec.h %D%/base/wide.h

common_file = \
    %D%/file/atomic.c %D%/file/atomic.h \
    %D%/file/columns.c %D%/file/columns.h \
    %D%/file/csv.c %D%/file/csv.h \
    %D%/file/hash.c %D%/file/hash.h \
    %D%/file/hash_checked.c %D%/file/hash_checked.h \
    %D%/file/json.c %D%/file/json.h \
    %D%/file/json_get.c \
    %D%/file/json_write.c

common_cli = \
    %D%/cli/command.c %D%/cli/command.h \
    %D%/cli/complete.c %D%/cli/complete.h \
    %D%/cli/option.c %D%/cli/option.h \
    %D%/cli/option_beside.c %D%/cli/option_internal.h \
    %D%/cli/option_show.c \
    %D%/cli/output.c %D%/cli/output.h

common_stat = \
    %D%/stat/agree.c %D%/stat/agree.h \
    %D%/stat/agree_analytic.c \
    %D%/stat/agree_weights.c %D%/stat/agree_weights.h \
    %D%/stat/agreement.c %D%/stat/agreement.h \
    %D%/stat/agreement_analytic.c \
    %D%/stat/agreement_internal.h \
    %D%/stat/agreement_parts.c %D%/stat/agreement_parts.h \
    %D%/stat/agreement_permute.c \
    %D%/stat/agreement_raters.c \
    %D%/stat/agreement_resample.c \
    %D%/stat/agreement_skill.c %D%/stat/agreement_skill.h \
    %D%/stat/alpha.c %D%/stat/alpha.h \
    %D%/stat/alpha_weighted.c \
    %D%/stat/apart.c %D%/stat/apart.h \
    %D%/stat/auc.c %D%/stat/auc.h \
    %D%/stat/bradley_terry.c %D%/stat/bradley_terry.h \
    %D%/stat/bins.c %D%/stat/bins.h \
    %D%/stat/ccc.c %D%/stat/ccc.h \
    %D%/stat/concord.c %D%/stat/concord.h \
    %D%/stat/consensus.c %D%/stat/consensus.h \
    %D%/stat/consensus_coin.c %D%/stat/consensus_coin.h \
    %D%/stat/consensus_dawid.c %D%/stat/consensus_dawid.h \
    %D%/stat/consensus_em.c %D%/stat/consensus_em.h \
    %D%/stat/consensus_glad.c %D%/stat/consensus_glad.h \
    %D%/stat/consensus_internal.h \
    %D%/stat/consensus_mace.c %D%/stat/consensus_mace.h \
    %D%/stat/consensus_number.c %D%/stat/consensus_number.h \
    %D%/stat/consensus_run.c \
    %D%/stat/consensus_vote.c %D%/stat/consensus_vote.h \
    %D%/stat/curve.c %D%/stat/curve.h \
    %D%/stat/curve_agree.c %D%/stat/curve_agree.h \
    %D%/stat/curve_fuse.c %D%/stat/curve_fuse.h \
    %D%/stat/curve_lag.c %D%/stat/curve_lag.h \
    %D%/stat/curve_warp.c \
    %D%/stat/cusum.c %D%/stat/cusum.h \
    %D%/stat/describe.c %D%/stat/describe.h \
    %D%/stat/dist.c %D%/stat/dist.h \
    %D%/stat/estimate.h \
    %D%/stat/icc.c %D%/stat/icc.h \
    %D%/stat/icc_reml.c %D%/stat/icc_reml.h \
    %D%/stat/interval.c %D%/stat/interval.h \
    %D%/stat/interval_bootstrap.c \
    %D%/stat/interval_limits.c \
    %D%/stat/kappa.c %D%/stat/kappa.h \
    %D%/stat/label_sets.c %D%/stat/label_sets.h \
    %D%/stat/multiple.c %D%/stat/multiple.h \
    %D%/stat/paired.c %D%/stat/paired.h \
    %D%/stat/permute.c %D%/stat/permute.h \
    %D%/stat/permute_swap.c \
    %D%/stat/proportion.c %D%/stat/proportion.h \
    %D%/stat/rating_grid.c %D%/stat/rating_grid.h \
    %D%/stat/ratings.c %D%/stat/ratings.h \
    %D%/stat/ratings_builder.c \
    %D%/stat/resampled.c %D%/stat/resampled.h \
    %D%/stat/shares.c %D%/stat/shares.h \
    %D%/stat/stretch.c %D%/stat/stretch.h \
    %D%/stat/stretch_group.c \
    %D%/stat/stretch_match.c %D%/stat/stretch_match.h \
    %D%/stat/stretch_unit.c \
    %D%/stat/two_sample.c %D%/stat/two_sample.h \
    %D%/stat/two_sample_shape.c

common_report = \
    %D%/report/agreement_data.c \
    %D%/report/agreement_per.c \
    %D%/report/agreement_report.h \
    %D%/report/agreement_skill_table.c \
    %D%/report/agreement_text.c \
    %D%/report/curve_view.c \
    %D%/report/curve_view.h \
    %D%/report/segments_measure.c \
    %D%/report/segments_part.c \
    %D%/report/segments_report.h \
    %D%/report/segments_text.c \
    %D%/report/traces_measure.c \
    %D%/report/traces_report.h \
    %D%/report/traces_text.c

common_signal = \
    %D%/signal/fft.c %D%/signal/fft.h \
    %D%/signal/frame.c %D%/signal/frame.h \
    %D%/signal/lpc.c %D%/signal/lpc.h \
    %D%/signal/mel.c %D%/signal/mel.h \
    %D%/signal/pitch.c %D%/signal/pitch.h \
    %D%/signal/pitch_internal.h \
    %D%/signal/pitch_path.c \
    %D%/signal/roots.c %D%/signal/roots.h \
    %D%/signal/spectrogram.c %D%/signal/spectrogram.h \
    %D%/signal/waveform.c %D%/signal/waveform.h \
    %D%/signal/window.c %D%/signal/window.h

common_media = \
    %D%/media/container.c %D%/media/container_internal.h \
    %D%/media/denoise.c %D%/media/denoise.h \
    %D%/media/encode.c %D%/media/encode.h \
    %D%/media/ffmpeg.c %D%/media/ffmpeg.h %D%/media/ffmpeg_internal.h \
    %D%/media/library.c %D%/media/library.h \
    %D%/media/loudness.c \
    %D%/media/loudness.h \
    %D%/media/peaks.c %D%/media/peaks.h \
    %D%/media/peaks_build.c \
    %D%/media/peaks_file.c %D%/media/peaks_file.h \
    %D%/media/peaks_internal.h \
    %D%/media/prepare.c %D%/media/prepare.h \
    %D%/media/rate.c %D%/media/rate.h \
    %D%/media/rate_load.c \
    %D%/media/reader.c %D%/media/reader.h \
    %D%/media/reader_ffmpeg.c \
    %D%/media/reader_film.c \
    %D%/media/reader_internal.h \
    %D%/media/reader_pair.c %D%/media/reader_pair.h \
    %D%/media/reader_sndfile.c \
    %D%/media/soundtrack.c \
    %D%/media/soundtrack_internal.h \
    %D%/media/stretch.c %D%/media/stretch.h \
    %D%/media/tags.c %D%/media/tags.h \
    %D%/media/video.c %D%/media/video.h \
    %D%/media/video_draw.c \
    %D%/media/video_internal.h \
    %D%/media/video_stream.c

common_study = \
    %D%/study/answer.c %D%/study/answer.h \
    %D%/study/conduct.c %D%/study/conduct.h \
    %D%/study/corpus.c %D%/study/corpus.h \
    %D%/study/corpus_internal.h \
    %D%/study/corpus_join.c \
    %D%/study/corpus_pattern.c \
    %D%/study/corpus_read.c \
    %D%/study/corpus_rule.c \
    %D%/study/corpus_scan.c \
    %D%/study/corpus_side.c \
    %D%/study/curve_table.c %D%/study/curve_table.h \
    %D%/study/decision.c %D%/study/decision.h \
    %D%/study/descriptor.c %D%/study/descriptor.h \
    %D%/study/event.c %D%/study/event.h \
    %D%/study/event_payload.c \
    %D%/study/event_segment.c %D%/study/event_segment.h \
    %D%/study/event_study.c \
    %D%/study/event_timing.c %D%/study/event_timing.h \
    %D%/study/event_trace.c %D%/study/event_trace.h \
    %D%/study/events.def \
    %D%/study/fault.c %D%/study/fault.h \
    %D%/study/fold.c %D%/study/fold.h \
    %D%/study/fold_ask.c \
    %D%/study/fold_deed.c \
    %D%/study/fold_internal.h \
    %D%/study/fold_play.c \
    %D%/study/fold_study.c \
    %D%/study/fold_track.c \
    %D%/study/fold_trace.c %D%/study/fold_trace.h \
    %D%/study/localized.c %D%/study/localized.h \
    %D%/study/order.c %D%/study/order.h \
    %D%/study/order_assign.c \
    %D%/study/order_part.c \
    %D%/study/pairing.c %D%/study/pairing.h \
    %D%/study/protocol.c %D%/study/protocol.h \
    %D%/study/protocol_check.c %D%/study/protocol_check.h \
    %D%/study/protocol_compare.c \
    %D%/study/protocol_conduct.c \
    %D%/study/protocol_design.c \
    %D%/study/protocol_grid.c \
    %D%/study/protocol_examine.c \
    %D%/study/protocol_form.c \
    %D%/study/protocol_internal.h \
    %D%/study/protocol_plan.c \
    %D%/study/protocol_question.c \
    %D%/study/protocol_read.c \
    %D%/study/protocol_tier.c \
    %D%/study/protocol_tier_check.c \
    %D%/study/protocol_trace.c \
    %D%/study/question.c %D%/study/question.h \
    %D%/study/question_trace.h \
    %D%/study/ratings_table.c %D%/study/ratings_table.h \
    %D%/study/reference.c %D%/study/reference.h \
    %D%/study/reference_internal.h %D%/study/reference_marks.c \
    %D%/study/scale.c %D%/study/scale.h \
    %D%/study/session.c %D%/study/session.h \
    %D%/study/settle.c %D%/study/settle.h \
    %D%/study/settle_fit.c \
    %D%/study/settle_internal.h \
    %D%/study/settle_marks.c \
    %D%/study/settle_traces.c \
    %D%/study/settle_voices.c \
    %D%/study/settle_write.c \
    %D%/study/stretch_table.c %D%/study/stretch_table.h \
    %D%/study/tier.c %D%/study/tier.h \
    %D%/study/timing.c %D%/study/timing.h \
    %D%/study/trace.c %D%/study/trace.h \
    %D%/study/trace_measure.c %D%/study/trace_measure.h \
    %D%/study/track.c %D%/study/track.h \
    %D%/study/track_rules.c \
    %D%/study/verdict.c %D%/study/verdict.h \
    %D%/study/verdict_curve.c

common_store = \
    %D%/store/alias.c %D%/store/alias.h \
    %D%/store/bundle.c %D%/store/bundle.h \
    %D%/store/bundle_copy.c %D%/store/bundle_copy.h \
    %D%/store/bundle_internal.h \
    %D%/store/bundle_make.c \
    %D%/store/bundle_medium.c \
    %D%/store/bundle_read.c \
    %D%/store/bundle_release.c \
    %D%/store/bundle_trace.c %D%/store/bundle_trace.h \
    %D%/store/checkpoint.c %D%/store/checkpoint_internal.h \
    %D%/store/collect.c %D%/store/collect.h \
    %D%/store/collect_forward.c \
    %D%/store/collect_internal.h \
    %D%/store/collect_people.c \
    %D%/store/collect_verify.c \
    %D%/store/db.c %D%/store/db_internal.h \
    %D%/store/db_identify.c \
    %D%/store/db_state_internal.h \
    %D%/store/decision_store.c %D%/store/decision_store.h \
    %D%/store/erase.c %D%/store/erase.h \
    %D%/store/hearing.c %D%/store/hearing.h \
    %D%/store/journal.c %D%/store/journal_internal.h \
    %D%/store/journal_read.c \
    %D%/store/judgement.c %D%/store/judgement.h \
    %D%/store/lock.c %D%/store/lock.h \
    %D%/store/netfs.c %D%/store/netfs.h \
    %D%/store/people.c %D%/store/people.h \
    %D%/store/people_frozen.c %D%/store/people_internal.h \
    %D%/store/project.c %D%/store/project.h \
    %D%/store/project_internal.h \
    %D%/store/project_item.c \
    %D%/store/project_protocol.c \
    %D%/store/project_trace.c %D%/store/project_trace.h \
    %D%/store/project_work.c \
    %D%/store/queue.c %D%/store/queue.h \
    %D%/store/queue_arrange.c \
    %D%/store/queue_before.c \
    %D%/store/queue_bundle.c \
    %D%/store/queue_context.c \
    %D%/store/queue_internal.h \
    %D%/store/queue_pair.c \
    %D%/store/queue_pool.c \
    %D%/store/samples.c %D%/store/samples_internal.h \
    %D%/store/samples_seal.c \
    %D%/store/snapshot.c %D%/store/snapshot.h \
    %D%/store/statements.def \
    %D%/store/stmt.c \
    %D%/store/truth.c %D%/store/truth.h

store_migrations = \
    %D%/store/migrations/bundle-0001.sql \
    %D%/store/migrations/bundle-0002.sql \
    %D%/store/migrations/bundle-0003.sql \
    %D%/store/migrations/bundle-0004.sql \
    %D%/store/migrations/bundle-0005.sql \
    %D%/store/migrations/people-0001.sql \
    %D%/store/migrations/people-0002.sql \
    %D%/store/migrations/project-0001.sql \
    %D%/store/migrations/project-0002.sql \
    %D%/store/migrations/project-0003.sql \
    %D%/store/migrations/project-0004.sql \
    %D%/store/migrations/project-0005.sql \
    %D%/store/migrations/project-0006.sql
EXTRA_DIST += $(store_migrations)

src_common_libcommon_a_SOURCES = $(common_base) $(common_file) \
    $(common_cli) $(common_stat) $(common_signal) $(common_media) \
    $(common_study) $(common_store) $(common_report)

# Embedded files add themselves: protocols/local.mk and the like.
nodist_src_common_libcommon_a_SOURCES = %D%/store/migrations.c
BUILT_SOURCES += %D%/store/migrations.c
CLEANFILES += %D%/store/migrations.c

%D%/store/migrations.c: $(store_migrations) build-aux/embed
	$(AM_V_GEN)$(MKDIR_P) %D%/store; \
	cd $(srcdir) && $(SHELL) build-aux/embed store_migrations \
	    $(store_migrations) >$(abs_builddir)/$@-t && \
	mv $(abs_builddir)/$@-t $(abs_builddir)/$@

COMMON_LIBS = src/common/libcommon.a $(SQLITE_LIBS) $(SNDFILE_LIBS) \
    $(EBUR128_LIBS) \
    $(FFMPEG_LIBS) $(CJSON_LIBS) $(SODIUM_LIBS) $(GSL_LIBS)
