/*
 * physio_csv - physiology from any table with time stamps.
 *
 * Columns are known by their names, whatever their case, with a unit behind
 * an underscore, a blank or in brackets; other columns are passed over.  Time
 * stamps may be irregular: a signal is brought to its own mean rate by
 * straight lines between samples, and is missing (NAN) where they are further
 * apart than three usual steps.
 */
#ifndef MIEN_FEAT_PHYSIO_CSV_H
#define MIEN_FEAT_PHYSIO_CSV_H

#include "eval/feat/physio_read.h"

bool physio_csv_read(const char *path, struct physio *physio,
                     struct error *err);

#endif
