/* The parameters of the statement that is being put together.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_PARAMETERS_H
#define LX_RUNTIME_PARAMETERS_H
#include "runtime/db.h"

void lx_parameters_clear(lexo_db *db);
void lx_parameters_free(lexo_db *db);
/* All are added: turns offsets into addresses. */
void lx_parameters_place(lexo_db *db);
#endif
