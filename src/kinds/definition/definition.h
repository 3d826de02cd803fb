/* "define name …": like "sql" (kinds/statement), for what belongs to the types and functions: casts, operator classes,
 * conversions, languages.  It is made with them, before the tables.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_DEFINITION_H
#define LX_KINDS_DEFINITION_H
#include "kinds/statement/statement.h"
#endif
