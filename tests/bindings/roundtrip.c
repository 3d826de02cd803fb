/* Every value of one table into another, by rows that come one by one, whole, and by COPY: prints TAP.  FIELDS(X) names
 * the columns, BINARY_FIELDS(X) those that have a binary form.  The database has the tables of roundtrip.lexo; the
 * first one has the values.
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

static app_lean_new lean_of(const app_trip *row)
{
	app_lean_new lean = {.id = row->id};
#define COPY_LEAN(name) lean.name = row->name;
	BINARY_FIELDS(COPY_LEAN)
	return lean;
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

/* The same into copies, of which the one that has all types is in text format. */
static void by_copy(int64_t step)
{
	lexo_db *others[2] = {NULL, NULL};
	app_trip_stream *stream = NULL;
	app_back_copy *text = NULL;
	app_lean_copy *binary = NULL;
	const app_trip *row;
	int64_t counts[2] = {0, -1}, all = 0;
	lexo_rc rc = lexo_open("", NULL, &others[0]), copied = lexo_open("", NULL, &others[1]);
	if (rc == LEXO_OK && copied == LEXO_OK)
		rc = app_back_copy_begin(others[0], &text);
	if (rc == LEXO_OK && copied == LEXO_OK)
		rc = app_lean_copy_begin(others[1], &binary);
	if (rc == LEXO_OK && copied == LEXO_OK)
		rc = app_trip_stream_open(db, NULL, &stream);
	for (; rc == LEXO_OK || rc == LEXO_ROW; all++) {
		rc = app_trip_stream_next(stream, &row);
		if (rc != LEXO_ROW)
			break;
		app_back_new back = back_of(row);
		app_lean_new lean = lean_of(row);
		back.id += step;
		copied = app_back_copy_row(text, &back);
		if (copied == LEXO_OK)
			copied = app_lean_copy_row(binary, &lean);
		if (copied != LEXO_OK)
			break;
	}
	app_trip_stream_close(stream);
	is(rc, LEXO_DONE, "a stream");
	is(copied, LEXO_OK, "whose rows are copied");
	is(app_back_copy_end(text, &counts[0]), LEXO_OK, "as text");
	is(app_lean_copy_end(binary, &counts[1]), LEXO_OK, "and in binary form");
	ok(counts[0] == all && counts[1] == all, "all of them");
	lexo_close(others[0]);
	lexo_close(others[1]);
}

int main(int argc, char **argv)
{
	int64_t step = argc > 1 ? strtoll(argv[1], NULL, 10) : 0;
	arena = lexo_arena_new(0);
	is(lexo_open("", NULL, &db), LEXO_OK, "connect");
	by_pages(CHUNK, 0);
	by_pages(100, step);
	by_stream(2 * step);
	by_copy(3 * step);
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
