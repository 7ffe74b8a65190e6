/*
 * roots - where a real polynomial is zero.
 *
 * Laguerre's method with deflation, each root then polished on the whole
 * polynomial by Newton's.  Press et al. (2007). Numerical Recipes, 3rd
 * edition, section 9.5, describes both (none of its code is used).
 */
#ifndef MIEN_SIGNAL_ROOTS_H
#define MIEN_SIGNAL_ROOTS_H

enum { ROOTS_MAX_DEGREE = 32 };

struct root {
    double re, im; /* im >= 0: of a pair the upper one */
};

/*
 * coefficient[0] z^degree + ... + coefficient[degree]; the first is not 0.
 * Of a complex pair one is given.  `out` has `degree` places; returns how many
 * are filled, at least degree / 2.
 */
int roots_find(const double *coefficient, int degree, struct root *out);

#endif
