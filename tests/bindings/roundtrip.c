/* Every value of one table into another, by rows that come one by one, whole, and by COPY: prints TAP.  FIELDS(X) names
 * the columns.  The database has the tables of roundtrip.lexo; the first one has the values.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "app_models.h"
#include "fields.h"
#include "tap.h"

enum { CHUNK = 200 };

static app_back_new chunk[CHUNK];

static app_back_new back_of(const app_trip *row)
{
	app_back_new back = {.id = row->id};
#define COPY(name) back.name = row->name;
	FIELDS(COPY)
	return back;
}

/* Pages behind a row; the second one by one, for there is no limit of a hundred. */
static void by_pages(uint32_t limit, int64_t step)
{
	app_trips page = {0};
	app_trip last = {0};
	lexo_rc rc;
	int64_t all = 0, count = -1;
	do {
		const app_trip_where where[] = {app_trip_where_id_gt(last.id)};
		const app_trip_query query = {LEXO_WHERE(where), .order = APP_TRIP_BY_ID, .limit = limit};
		rc = app_trip_find(db, &query, arena, &page);
		for (size_t i = 0; i < page.len && i < CHUNK; i++) {
			chunk[i] = back_of(&page.items[i]);
			chunk[i].id += step;
		}
		if (rc == LEXO_OK && page.len) {
			last.id = page.items[page.len - 1].id;
			all += (int64_t)page.len;
			rc = app_back_insert_many(db, chunk, page.len, NULL, NULL);
		}
		lexo_arena_reset(arena);
	} while (rc == LEXO_OK && page.len == limit);
	is(rc, LEXO_OK, limit > 100 ? "pages of which rows come one by one" : "pages that come whole");
	is(app_trip_count(db, NULL, &count), LEXO_OK, "the number of rows");
	ok(all == count && count > 1000, "all of them");
}

/* A stream has its handle for itself, so another one stores the rows. */
static void by_stream(int64_t step)
{
	lexo_db *other = NULL;
	app_trip_stream *stream = NULL;
	const app_trip *row;
	lexo_rc rc = lexo_open("", NULL, &other), stored = LEXO_OK;
	if (rc == LEXO_OK)
		rc = app_trip_stream_open(db, NULL, &stream);
	while (rc == LEXO_OK || rc == LEXO_ROW) {
		rc = app_trip_stream_next(stream, &row);
		if (rc != LEXO_ROW)
			break;
		app_back_new back = back_of(row);
		back.id += step;
		stored = app_back_insert(other, &back, NULL, NULL);
		if (stored != LEXO_OK)
			break;
	}
	app_trip_stream_close(stream);
	is(rc, LEXO_DONE, "a stream by COPY");
	is(stored, LEXO_OK, "whose rows are stored one by one");
	lexo_close(other);
}

int main(int argc, char **argv)
{
	int64_t step = argc > 1 ? strtoll(argv[1], NULL, 10) : 0;
	arena = lexo_arena_new(0);
	is(lexo_open("", NULL, &db), LEXO_OK, "connect");
	by_pages(CHUNK, 0);
	by_pages(100, step);
	by_stream(2 * step);
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
