# bench: an hour of sound with 10,000 marks: fold, navigation, drawing.
: "${builddir:?run me by make bench}"
exec "$builddir/tests/bench/segments"
