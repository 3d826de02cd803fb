/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_NOTIFY_H
#define LX_RUNTIME_NOTIFY_H
#include "runtime/db.h"

/* Whoever gets the connection next hears nothing that was meant for this one. */
void lx_notify_stop(lexo_db *db);
#endif
