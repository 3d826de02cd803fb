/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/names.h"

#include <string.h>

#include "base/vec.h"

const char *const lx_enabled_choices[] = {"never", "replica", "always", NULL};

bool lx_text_equal(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

bool lx_names_equal(const struct lx_vec *a, const struct lx_vec *b)
{
	if (a->length != b->length)
		return false;
	for (size_t i = 0; i < a->length; i++)
		if (strcmp(a->items[i], b->items[i]) != 0)
			return false;
	return true;
}
