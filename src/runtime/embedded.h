/* The history that a program carries, and the engine's failures as the program sees them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_EMBEDDED_H
#define LX_RUNTIME_EMBEDDED_H
#include <lexo/migrate.h>

#include "runtime/engine.h"

/* EMBEDDED as a history of its own, which the caller closes.  L0308 when it is not what was generated. */
enum lx_status lx_embedded_open(const lexo_history *embedded, struct lx_history **history, struct lx_fail *fail);
/* Is there a connection without an open transaction? */
bool lx_embedded_may_run(const lexo_db *db);
/* STATUS and FAIL into REPORT and into the handle's error (both may be NULL); returns what the program gets. */
lexo_rc lx_embedded_result(lexo_db *db, enum lx_status status, const struct lx_fail *fail, lexo_migrate_report *report);
#endif
