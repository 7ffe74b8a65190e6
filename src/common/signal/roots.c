/*
 * roots - see roots.h.
 */
#include <config.h>

#include "common/signal/roots.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { MAX_STEPS = 80, POLISH_STEPS = 2 };

#define CLOSE 1e-14 /* relative step that ends the search */
#define TINY 1e-250 /* squares below it have lost their digits */
#define REAL 1e-9   /* an imaginary part this small is rounding */

/* Products and quotients in the open: no care for infinities is needed. */
struct number {
    double re, im;
};

static struct number times(struct number x, struct number y)
{
    return (struct number){ x.re * y.re - x.im * y.im,
                            x.re * y.im + x.im * y.re };
}

static struct number over(struct number x, struct number y)
{
    double scale = 1 / (y.re * y.re + y.im * y.im);

    return (struct number){ (x.re * y.re + x.im * y.im) * scale,
                            (x.im * y.re - x.re * y.im) * scale };
}

static double square(struct number x)
{
    return x.re * x.re + x.im * x.im;
}

static struct number root_of(struct number x)
{
    double size = sqrt(square(x));
    double re = sqrt(fmax(0, (size + x.re) / 2));
    double im = sqrt(fmax(0, (size - x.re) / 2));

    return (struct number){ re, x.im < 0 ? -im : im };
}

/* Value, slope and half the bend at z, by Horner's scheme. */
struct local {
    struct number value, slope, half_bend;
    double noise; /* rounding error of the value, about */
};

static void evaluate(const double *c, int degree, struct number z,
                     struct local *at)
{
    struct number p = { c[0], 0 }, d = { 0, 0 }, b = { 0, 0 };
    double size = sqrt(square(z)), noise = fabs(c[0]);

    for (int i = 1; i <= degree; i++) {
        b = times(b, z);
        b.re += d.re;
        b.im += d.im;
        d = times(d, z);
        d.re += p.re;
        d.im += p.im;
        p = times(p, z);
        p.re += c[i];
        noise = noise * size + fabs(p.re) + fabs(p.im);
    }
    *at = (struct local){ p, d, b, noise * 1e-16 };
}

/* The step to a root as if all others lay in one place. */
static struct number laguerre_step(const struct local *at, int degree)
{
    struct number g = over(at->slope, at->value);
    struct number g2 = times(g, g);
    struct number bend = over(at->half_bend, at->value);
    struct number h = { g2.re - 2 * bend.re, g2.im - 2 * bend.im };
    struct number under = { (degree - 1) * (degree * h.re - g2.re),
                            (degree - 1) * (degree * h.im - g2.im) };
    struct number wide = root_of(under);
    struct number plus = { g.re + wide.re, g.im + wide.im };
    struct number minus = { g.re - wide.re, g.im - wide.im };
    struct number below = square(plus) > square(minus) ? plus : minus;

    if (!(square(below) > 0)) /* a saddle: leave it sideways */
        return (struct number){ 0.5, 0.5 };
    return over((struct number){ degree, 0 }, below);
}

static struct number find_one(const double *c, int degree, struct number z)
{
    for (int step = 0; step < MAX_STEPS; step++) {
        struct local at;
        struct number move;

        evaluate(c, degree, z, &at);
        if (square(at.value) <= fmax(at.noise * at.noise, TINY))
            break;
        move = laguerre_step(&at, degree);
        /* A shorter step now and then ends the rare cycles. */
        if (step % 10 == 9) {
            move.re *= 0.6;
            move.im *= 0.6;
        }
        z.re -= move.re;
        z.im -= move.im;
        if (square(move) <= CLOSE * CLOSE * square(z))
            break;
    }
    return z;
}

static struct number polish(const double *c, int degree, struct number z)
{
    for (int step = 0; step < POLISH_STEPS; step++) {
        struct local at;
        struct number move;

        evaluate(c, degree, z, &at);
        if (square(at.value) <= at.noise * at.noise || !(square(at.slope) > 0))
            break;
        move = over(at.value, at.slope);
        if (square(move) > 1e-6 * square(z)) /* a multiple root */
            break;
        z.re -= move.re;
        z.im -= move.im;
    }
    return z;
}

/* Divides by z - re. */
static void deflate_real(double *c, int degree, double re)
{
    for (int i = 1; i < degree; i++)
        c[i] += re * c[i - 1];
}

/* Divides by z^2 - 2 re z + |z|^2. */
static void deflate_pair(double *c, int degree, struct number z)
{
    double p = 2 * z.re, q = -square(z);

    c[1] += p * c[0];
    for (int i = 2; i < degree - 1; i++)
        c[i] += p * c[i - 1] + q * c[i - 2];
}

int roots_find(const double *coefficient, int degree, struct root *out)
{
    double rest[ROOTS_MAX_DEGREE + 1];
    struct number guess = { 0.4, 0.9 };
    int left = degree, count = 0;

    assert(degree >= 1 && degree <= ROOTS_MAX_DEGREE && coefficient[0] != 0);
    memcpy(rest, coefficient, ((size_t)degree + 1) * sizeof(*rest));
    while (left > 0) {
        struct number z = { -rest[1] / rest[0], 0 };

        if (left > 1)
            z = find_one(rest, left, guess);
        if (fabs(z.im) <= REAL * sqrt(square(z)) || left == 1) {
            z.im = 0;
            deflate_real(rest, left, z.re);
            left -= 1;
        } else {
            deflate_pair(rest, left, z);
            left -= 2;
        }
        z = polish(coefficient, degree, z);
        out[count++] = (struct root){ z.re, fabs(z.im) };
    }
    return count;
}
