/* Mixins: members that are copied into every model that says "use Name", behind the model's own.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CHECK_MIXIN_H
#define LX_CHECK_MIXIN_H
#include <stddef.h>

#include "diag/diag.h"

struct lx_cursor;
struct lx_declare;
struct lx_item;
struct lx_object;

/* Files the mixin that ITEM declares under its name; reports a second one of that name. */
void lx_mixin_declare(struct lx_declare *declare, const struct lx_item *item);
/* Notes that "use Name" (CURSOR is behind the word "use") stands in TABLE. */
void lx_mixin_use(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_object *table);
/* Declares the members of every mixin used, once every file is declared.  Unknown mixins and cycles are reported,
 * unused mixins are a warning. */
void lx_mixins_expand(struct lx_declare *declare);
/* Gives the diagnostics about OBJECT from number FIRST on the label "used here" when it is a mixin's member.  Called
 * behind each resolve hook. */
void lx_mixin_mark(struct lx_declare *declare, const struct lx_object *object, size_t first);
/* The same with the place of the "use" line at hand. */
void lx_mixin_mark_span(struct lx_declare *declare, struct lx_span use, size_t first);
#endif
