/* What the files of this folder and the attribute engine share about names.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CHECK_NAMES_H
#define LX_CHECK_NAMES_H
#include <stdbool.h>

#include "ir/schema.h"

struct lx_declare;

enum { LX_NAME_MAX = 63 }; /* NAMEDATALEN - 1, src/include/pg_config_manual.h */

/* "a" or "an", for a kind's title in messages. */
const char *lx_article(const char *title);
/* Reports an empty name and one that PostgreSQL would cut. */
bool lx_declare_check_name(struct lx_declare *declare, const char *name, struct lx_span span);
/* What is declared as NAME, in the namespace of KIND (LX_KIND_COUNT: that of models and types), or NULL. */
struct lx_object *lx_names_find(struct lx_declare *declare, enum lx_kind kind, const char *name);
/* The key of NAME in declare->source_names. */
const char *lx_names_key(struct lx_arena *arena, enum lx_kind kind, const char *name);
#endif
