# mien-eval: the evaluation bench.
bin_PROGRAMS += mien-eval
noinst_LIBRARIES += src/eval/libeval.a

eval_feat = \
    %D%/feat/balance.c %D%/feat/balance.h \
    %D%/feat/basic.c %D%/feat/basic.h \
    %D%/feat/beats.c %D%/feat/beats.h \
    %D%/feat/cache.c %D%/feat/cache.h \
    %D%/feat/channel.c %D%/feat/channel.h \
    %D%/feat/contour.c %D%/feat/contour.h \
    %D%/feat/eda.c %D%/feat/eda.h \
    %D%/feat/egemaps.c %D%/feat/egemaps.h \
    %D%/feat/extract.c %D%/feat/extract.h \
    %D%/feat/extract_item.c %D%/feat/extract_item.h \
    %D%/feat/frame_lld.c \
    %D%/feat/frame_set.c %D%/feat/frame_set.h \
    %D%/feat/face.c %D%/feat/face.h \
    %D%/feat/face_table.c %D%/feat/face_table.h \
    %D%/feat/feature_arff.c \
    %D%/feat/feature_read.c \
    %D%/feat/feature_read_internal.h \
    %D%/feat/feature_table.c %D%/feat/feature_table.h \
    %D%/feat/formant.c %D%/feat/formant.h \
    %D%/feat/functionals.c %D%/feat/functionals.h \
    %D%/feat/harmonics.c %D%/feat/harmonics.h \
    %D%/feat/hills.c %D%/feat/hills.h \
    %D%/feat/lexicon.c %D%/feat/lexicon.h \
    %D%/feat/loudness.c %D%/feat/loudness.h \
    %D%/feat/moments.c %D%/feat/moments.h \
    %D%/feat/papers.h \
    %D%/feat/periods.c %D%/feat/periods.h \
    %D%/feat/physio.c %D%/feat/physio.h \
    %D%/feat/physio_csv.c %D%/feat/physio_csv.h \
    %D%/feat/physio_read.c %D%/feat/physio_read.h \
    %D%/feat/pitch_choice.c %D%/feat/pitch_choice.h \
    %D%/feat/prominence.c %D%/feat/prominence.h \
    %D%/feat/pulse.c %D%/feat/pulse.h \
    %D%/feat/quality.c %D%/feat/quality.h \
    %D%/feat/quality_meter.c %D%/feat/quality_meter.h \
    %D%/feat/registry.c %D%/feat/registry.h \
    %D%/feat/resonance.c %D%/feat/resonance.h \
    %D%/feat/robust.c %D%/feat/robust.h \
    %D%/feat/segments.c %D%/feat/segments.h \
    %D%/feat/sentiment.c %D%/feat/sentiment.h \
    %D%/feat/series.c %D%/feat/series.h \
    %D%/feat/series_only.c %D%/feat/series_only.h \
    %D%/feat/series_time.c \
    %D%/feat/spectral.c %D%/feat/spectral.h \
    %D%/feat/speech.c %D%/feat/speech.h \
    %D%/feat/speech_egemaps.def \
    %D%/feat/speech_lld.def \
    %D%/feat/speech_mien.def \
    %D%/feat/speech_onset.c %D%/feat/speech_onset.h \
    %D%/feat/speech_set.c %D%/feat/speech_set.h \
    %D%/feat/speech_single.c %D%/feat/speech_single.h \
    %D%/feat/speech_span.c %D%/feat/speech_span.h \
    %D%/feat/speech_sum.c %D%/feat/speech_sum.h \
    %D%/feat/subharmonic.c %D%/feat/subharmonic.h \
    %D%/feat/text_set.c %D%/feat/text_set.h \
    %D%/feat/timbre.c %D%/feat/timbre.h \
    %D%/feat/voice.c %D%/feat/voice.h \
    %D%/feat/voice_sum.c %D%/feat/voice_sum.h \
    %D%/feat/weighted.c %D%/feat/weighted.h \
    %D%/feat/words.c %D%/feat/words.h

eval_align = \
    %D%/align/aligned.c %D%/align/aligned.h \
    %D%/align/aligned_rows.c \
    %D%/align/band.c %D%/align/band.h \
    %D%/align/clock.c %D%/align/clock.h \
    %D%/align/lagged.c %D%/align/lagged.h \
    %D%/align/spans.c %D%/align/spans.h \
    %D%/align/streams.c %D%/align/streams.h \
    %D%/align/transcript.c %D%/align/transcript.h \
    %D%/align/warped.c %D%/align/warped.h

eval_learn = \
    %D%/learn/cascade.c %D%/learn/cascade.h \
    %D%/learn/design.c %D%/learn/design.h \
    %D%/learn/design_internal.h \
    %D%/learn/design_join.c \
    %D%/learn/learner.c %D%/learn/learner.h \
    %D%/learn/linear.c %D%/learn/linear.h \
    %D%/learn/matrix.c %D%/learn/matrix.h \
    %D%/learn/normalize.c %D%/learn/normalize.h \
    %D%/learn/span.c %D%/learn/span.h \
    %D%/learn/spread.c %D%/learn/spread.h \
    %D%/learn/tfidf.c %D%/learn/tfidf.h

eval_score = \
    %D%/score/classify.c %D%/score/classify.h \
    %D%/score/metrics.c %D%/score/metrics.h \
    %D%/score/pairing.c %D%/score/pairing.h \
    %D%/score/predictions.c %D%/score/predictions.h \
    %D%/score/predictions_sheet.c \
    %D%/score/regress.c %D%/score/regress.h \
    %D%/score/tally.c %D%/score/tally.h

eval_valid = \
    %D%/valid/compare.c %D%/valid/compare.h \
    %D%/valid/compare_folds.c \
    %D%/valid/cv.c %D%/valid/cv.h \
    %D%/valid/cv_internal.h \
    %D%/valid/cv_table.c %D%/valid/cv_table.h \
    %D%/valid/cv_warn.c \
    %D%/valid/run_folder.c %D%/valid/run_folder.h \
    %D%/valid/run_record.c %D%/valid/run_record.h \
    %D%/valid/run_record_read.c \
    %D%/valid/split.c %D%/valid/split.h \
    %D%/valid/trial.c %D%/valid/trial.h \
    %D%/valid/tune.c %D%/valid/tune.h

eval_fair = \
    %D%/fair/evaluation.c %D%/fair/evaluation.h \
    %D%/fair/evaluation_json.c \
    %D%/fair/gap.c %D%/fair/gap.h \
    %D%/fair/gate.c %D%/fair/gate.h \
    %D%/fair/gate_json.c \
    %D%/fair/group.c %D%/fair/group.h \
    %D%/fair/policy.c %D%/fair/policy.h \
    %D%/fair/support.c %D%/fair/support.h

# The subcommands and what they share.
eval_top = \
    %D%/aggregate.h \
    %D%/aggregate_report.c \
    %D%/aggregate_table.c \
    %D%/aggregate_traces.c %D%/aggregate_traces.h \
    %D%/agree_input.c \
    %D%/agree_options.c %D%/agree_options.h \
    %D%/agree_segments.c %D%/agree_segments.h \
    %D%/agree_traces.c %D%/agree_traces.h \
    %D%/align_report.c %D%/align_report.h \
    %D%/cmd_aggregate.c \
    %D%/cmd_agree.c \
    %D%/cmd_align.c \
    %D%/cmd_compare.c \
    %D%/cmd_corpus.c \
    %D%/cmd_cv.c \
    %D%/cmd_extract.c \
    %D%/cmd_gate.c \
    %D%/cmd_rank.c \
    %D%/cmd_score.c \
    %D%/commands.c %D%/commands.h \
    %D%/compare_data.c \
    %D%/compare_print.c %D%/compare_print.h \
    %D%/corpus_project.c %D%/corpus_project.h \
    %D%/curve_source.c %D%/curve_source.h \
    %D%/cv_job.c %D%/cv_job.h \
    %D%/cv_summary.c %D%/cv_summary.h \
    %D%/extract_frames.c %D%/extract_frames.h \
    %D%/extract_options.c %D%/extract_options.h \
    %D%/extract_robust.c %D%/extract_robust.h \
    %D%/extract_sets.c %D%/extract_sets.h \
    %D%/ratings_source.c %D%/ratings_source.h \
    %D%/scores.c %D%/scores.h \
    %D%/scores_table.c \
    %D%/verdict.c %D%/verdict.h \
    %D%/verdict_table.c

# All but main, so that tests can link it.
src_eval_libeval_a_SOURCES = $(eval_feat) $(eval_align) $(eval_learn) $(eval_score) \
    $(eval_valid) $(eval_fair) $(eval_top)

EVAL_LIBS = src/eval/libeval.a $(COMMON_LIBS) $(LINEAR_LIBS)

mien_eval_SOURCES = %D%/main.c
mien_eval_LDADD = $(EVAL_LIBS)
