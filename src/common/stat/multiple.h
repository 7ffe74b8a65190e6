/*
 * multiple - p values of several tests, adjusted for there being several.
 *
 * An adjusted p value is the smallest level at which its test would be called
 * significant among all of them.  Bonferroni, Sidak, Holm, Hochberg, Hommel
 * hold the chance of any false alarm; Benjamini and Hochberg and after hold
 * the expected share of false alarms.
 */
#ifndef MIEN_STAT_MULTIPLE_H
#define MIEN_STAT_MULTIPLE_H

#include <stddef.h>

enum multiple_method {
    MULTIPLE_BONFERRONI,
    MULTIPLE_SIDAK,      /* Sidak, Z. (1967). JASA 62(318), 626-633 */
    MULTIPLE_HOLM,       /* Holm, S. (1979). Scand. J. Statistics 6(2), 65-70 */
    MULTIPLE_HOLM_SIDAK, /* Holm's steps with Sidak's bound */
    /* Hochberg, Y. (1988). Biometrika 75(4), 800-802; independent tests. */
    MULTIPLE_HOCHBERG,
    /* Hommel, G. (1988). Biometrika 75(2), 383-386; as Wright, S. P. (1992).
       Biometrics 48(4), 1005-1013 computes it. */
    MULTIPLE_HOMMEL,
    /* Benjamini, Y. & Hochberg, Y. (1995). JRSS B 57(1), 289-300. */
    MULTIPLE_BH,
    /* Benjamini, Y. & Yekutieli, D. (2001). Annals of Statistics 29(4),
       1165-1188: any dependence. */
    MULTIPLE_BY,
    /* With the number of true hypotheses estimated first: Benjamini, Y. &
       Hochberg, Y. (2000), and Benjamini, Y., Krieger, A. M. & Yekutieli, D.
       (2006). Biometrika 93(3), 491-507. */
    MULTIPLE_TWO_STAGE_BH,
    MULTIPLE_TWO_STAGE_BKY,
    MULTIPLE_METHODS
};

/* "bonferroni", "sidak", "holm", ...; ends with NULL. */
extern const char *const multiple_method_names[];

/*
 * Fills adjusted[count], in the order of p[], none above 1.  `level` is of
 * the first of two stages only.
 */
void multiple_adjust(enum multiple_method method, const double *p, size_t count,
                     double level, double *adjusted);

#endif
