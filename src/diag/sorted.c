/* SPDX-License-Identifier: Apache-2.0 */
#include "diag/sorted.h"

static int by_place(const void *a, const void *b, void *context)
{
	(void)context;
	const struct lx_span *one = &((const struct lx_diag *)a)->span, *other = &((const struct lx_diag *)b)->span;
	if (one->file != other->file)
		return one->file < other->file ? -1 : 1;
	return one->start < other->start ? -1 : one->start > other->start;
}

struct lx_vec lx_diags_sorted(struct lx_diags *diags)
{
	struct lx_vec sorted = {0};
	LX_EACH (struct lx_diag *, diag, &diags->list)
		lx_vec_push(diags->arena, &sorted, diag);
	lx_vec_sort(diags->arena, &sorted, by_place, NULL);
	return sorted;
}
