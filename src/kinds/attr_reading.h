/* What the files that read annotations share.  For kinds/attr*.c only.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_ATTR_READING_H
#define LX_KINDS_ATTR_READING_H
#include <stdbool.h>

#include "kinds/attr.h"

struct lx_kind_info;

struct lx_reading {
	struct lx_declare *declare;
	struct lx_object *object;
	const struct lx_kind_info *info;
	const struct lx_node *annotation;
};

/* "@map has a wrong argument", "write @map" and FORM. */
void lx_attr_fail(struct lx_declare *declare, const struct lx_node *annotation, const char *form);
/* NULL when there is none; the second: or several. */
const struct lx_node *lx_attr_first(const struct lx_node *annotation);
const struct lx_node *lx_attr_only(const struct lx_node *annotation);
bool lx_attr_is_text(const struct lx_node *node);
/* (a, b) as const char *. */
void lx_attr_names(const struct lx_reading *reading, struct lx_vec *out);
/* NODE is the single argument, or NULL when there is none or there are several. */
void lx_attr_value(const struct lx_reading *reading, const struct lx_attr *attr, const struct lx_node *node);
#endif
