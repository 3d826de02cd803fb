/* SPDX-License-Identifier: Apache-2.0 */
#include "history/candidates.h"

#include <stdio.h>
#include <string.h>

void lx_candidates_list(struct lx_revision *const *items, size_t count, char text[LX_CANDIDATES_TEXT])
{
	size_t used = 0, shown = 0;
	text[0] = 0;
	for (; shown < count && shown < 6 && used + LX_REVISION_ID_LIMIT + 32 < LX_CANDIDATES_TEXT; shown++)
		used += (size_t)snprintf(text + used, LX_CANDIDATES_TEXT - used, "%s%s", shown ? ", " : "",
					 items[shown]->id);
	if (shown < count)
		snprintf(text + used, LX_CANDIDATES_TEXT - used, " and %zu more", count - shown);
}

/* Edits between two short words, at most LIMIT + 1. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t limit)
{
	size_t row[65], b_length = strlen(b);
	if (a_length > 64 || b_length > 64)
		return limit + 1;
	for (size_t j = 0; j <= b_length; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		size_t corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t best = corner + (a[i - 1] != b[j - 1]);
			corner = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[b_length];
}

static const char *find_nearest(const struct lx_history *history, const char *text, size_t length)
{
	const char *nearest = NULL;
	size_t best = length < 5 ? 1 : 3;
	for (size_t i = 0; i < history->count + history->label_count; i++) {
		const char *name =
		    i < history->count ? history->by_id[i]->id : history->labels[i - history->count].name;
		size_t edits = distance(text, length, name, best);
		if (edits <= best && (!nearest || edits < best)) {
			nearest = name;
			best = edits;
		}
	}
	return nearest;
}

enum lx_status lx_candidates_unknown(const struct lx_history *history, const char *text, size_t length,
				     struct lx_fail *fail)
{
	const char *nearest = find_nearest(history, text, length);
	char heads[LX_CANDIDATES_TEXT];
	lx_candidates_list(history->heads, history->head_count, heads);
	lx_fail(fail, LX_REVISION, "L0313", "there is no revision %.*s", (int)(length > 200 ? 200 : length), text);
	if (nearest)
		lx_fail_help(fail, "did you mean %s? lexo history lists them all", nearest);
	else if (history->count)
		lx_fail_help(fail, "lexo history lists them all; the newest is %s", heads);
	else
		lx_fail_help(
		    fail,
		    "there are no revisions in %s yet; make the first one with: lexo revision --autogenerate -m …",
		    history->folder ? history->folder : "this history");
	return LX_REVISION;
}
