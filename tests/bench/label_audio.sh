#!/bin/sh
# How far answers are from what was heard; see label_audio.c.
exec "$builddir/tests/bench/label_audio" ${MIEN_CLICKS:-40}
