# bench: models of annotators on ratings that are made there (make bench).
#
# Prints processor time an iteration (best of three), and the growth up to
# RATINGS (10^4 to 10^7 unless told).
: "${builddir:?run me by make bench}"
exec "$builddir/tests/bench/aggregate" ${RATINGS:-10000 100000 1000000 10000000}
