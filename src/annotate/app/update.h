/*
 * update - the only writer of the model; pure.
 */
#ifndef MIEN_APP_UPDATE_H
#define MIEN_APP_UPDATE_H

#include "annotate/app/effect.h"
#include "annotate/app/message.h"
#include "annotate/app/model.h"

/* Changes the model as the message says and adds what is to be done. */
void update(struct model *model, const struct message *message,
            struct effects *effects);

#endif
