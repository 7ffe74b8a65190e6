# Corpus descriptors: installed, and embedded in both programs.
dist_datasets_DATA =
datasetsdir = $(pkgdatadir)/datasets
