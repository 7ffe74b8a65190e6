# Man pages, mdoc; OPTIONS blocks come from the option tables (update-man).
dist_man_MANS += \
    %D%/mien-annotate-adjudicate.1 \
    %D%/mien-annotate-agreement.1 \
    %D%/mien-annotate-annotator.1 \
    %D%/mien-annotate-assign.1 \
    %D%/mien-annotate-bundle.1 \
    %D%/mien-annotate-collect.1 \
    %D%/mien-annotate-dataset.1 \
    %D%/mien-annotate-export.1 \
    %D%/mien-annotate-import.1 \
    %D%/mien-annotate-init.1 \
    %D%/mien-annotate-label.1 \
    %D%/mien-annotate-log.1 \
    %D%/mien-annotate-protocol.1 \
    %D%/mien-annotate-replay.1 \
    %D%/mien-annotate-selftest.1 \
    %D%/mien-annotate-snapshot.1 \
    %D%/mien-annotate-status.1 \
    %D%/mien-annotate.1 \
    %D%/mien-corpus.5 \
    %D%/mien-dataset.5 \
    %D%/mien-eval-aggregate.1 \
    %D%/mien-eval-agree.1 \
    %D%/mien-eval-align.1 \
    %D%/mien-eval-compare.1 \
    %D%/mien-eval-corpus.1 \
    %D%/mien-eval-cv.1 \
    %D%/mien-eval-extract.1 \
    %D%/mien-eval-gate.1 \
    %D%/mien-eval-rank.1 \
    %D%/mien-eval-score.1 \
    %D%/mien-eval.1 \
    %D%/mien-features.5 \
    %D%/mien-keys.5 \
    %D%/mien-policy.5 \
    %D%/mien-predictions.5 \
    %D%/mien-project.5 \
    %D%/mien-protocol.5 \
    %D%/mien-questions.7 \
    %D%/mien-ratings.5 \
    %D%/mien-reports.5 \
    %D%/mien.7

# OPTIONS are printed by the programs; see tests/docs/options.sh.
update-man: all
	srcdir='$(abs_top_srcdir)' builddir='$(abs_top_builddir)' \
	    $(SHELL) $(srcdir)/tests/docs/options.sh update
