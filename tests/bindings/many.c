/* Generated functions for many rows against a server: prints TAP.  The database has the tables of forms.lexo, empty.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_models.h"
#include "tap.h"

enum { MANY = 1000 };

static uint64_t events;

static void count_event(void *context, const lexo_query_event *event)
{
	(void)context;
	events += event->rows;
}

static int64_t items(void)
{
	int64_t count = -1;
	is(app_item_count(db, NULL, &count), LEXO_OK, "count");
	return count;
}

static char codes[MANY][16];
static app_item_new new_items[MANY];

static void make_items(void)
{
	static const lexo_str tags[] = {{"a", 1}, {NULL, 0}, {"q\"\\{,}", 6}};
	static const int64_t numbers[] = {INT64_MIN, 7, INT64_MAX};
	static const bool second[] = {false, true, false};
	for (int i = 0; i < MANY; i++) {
		snprintf(codes[i], sizeof codes[i], "c%04d", i);
		new_items[i] = (app_item_new){.code = lexo_cstr(codes[i])};
		new_items[i].tags = (lexo_str_array){tags, (size_t)(i % 4), NULL};
		new_items[i].numbers = (lexo_i64_array){i % 2 ? numbers : NULL, 3, second};
		new_items[i].data = i % 3 ? (lexo_json){"{\"k\": 1}", 8} : (lexo_json){0};
		new_items[i].mood = (app_mood)(i % 4);
		new_items[i].flag = (lexo_opt_bool){i % 5 != 0, i % 5 == 1};
	}
	for (int i = 0; i < MANY; i++) {
		if (i % 4 == 3)
			new_items[i].tags.len = 3;
	}
}

static bool is_item(const app_item *item, int i)
{
	bool has_numbers = item->numbers.items && item->numbers.len == 3 && item->numbers.items[0] == INT64_MIN &&
			   item->numbers.items[2] == INT64_MAX && item->numbers.nulls && item->numbers.nulls[1];
	return item->id > 0 && same(item->code, codes[i]) && item->tags.len == new_items[i].tags.len &&
	       (item->tags.len < 3 || (same(item->tags.items[2], "q\"\\{,}") && !item->tags.items[1].ptr)) &&
	       (i % 2 ? has_numbers : !item->numbers.items) &&
	       (i % 3 ? item->data.ptr && strcmp(item->data.ptr, "{\"k\": 1}") == 0 : !item->data.ptr) &&
	       (int)item->mood == i % 4 && item->flag.has == (i % 5 != 0) && item->flag.v == (i % 5 == 1) &&
	       item->at.us != 0;
}

static int64_t ids[MANY];

static void test_insert_many(void)
{
	app_items rows;
	bool is_right = true;
	is(app_item_insert_many(db, new_items, 0, arena, &rows), LEXO_OK, "insert_many of nothing");
	ok(rows.len == 0 && items() == 0, "inserts nothing");
	new_items[MANY - 1].code = new_items[0].code;
	is(app_item_insert_many(db, new_items, MANY, arena, &rows), LEXO_E_UNIQUE,
	   "insert_many with a clash at the end");
	ok(lexo_err(db)->constraint == APP_K_ITEM_CODE_KEY && !rows.items && !rows.len, "the constraint is told");
	ok(items() == 0, "and nothing is there");
	new_items[MANY - 1].code = (lexo_str){"a\0b", 3};
	is(app_item_insert_many(db, new_items, MANY, NULL, NULL), LEXO_E_MISUSE,
	   "insert_many with a NUL byte at the end");
	ok(items() == 0, "stores nothing either");
	new_items[MANY - 1].code = lexo_cstr(codes[MANY - 1]);
	new_items[500].at = (lexo_opt_ts){true, {1}};
	is(lexo_begin(db, 0), LEXO_OK, "begin");
	is(app_item_insert(db, &new_items[0], NULL, NULL), LEXO_OK, "one of them is there");
	is(app_item_insert_many(db, new_items, MANY, NULL, NULL), LEXO_E_UNIQUE, "insert_many in a transaction");
	ok(items() == 1, "its failure leaves the transaction alone");
	lexo_rollback(db);
	is(app_item_insert_many(db, new_items, MANY, arena, &rows), LEXO_OK, "insert_many");
	for (size_t i = 0; i < rows.len; i++) {
		is_right = is_right && is_item(&rows.items[i], (int)i);
		ids[i] = rows.items[i].id;
	}
	ok(rows.len == MANY && is_right && rows.items[500].at.us == 1, "the rows come back in their order");
	ok(items() == MANY, "all are there");
	is(app_item_insert_many(db, new_items, 1, NULL, &rows), LEXO_E_MISUSE, "rows need an arena");
	is(app_log_insert_many(db, (app_log_new[]){{.line = {"x", 1}}, {.line = {"y", 1}}}, 2, NULL, NULL), LEXO_OK,
	   "insert_many without rows");
}

static void test_get_many(void)
{
	app_item *found[MANY + 2];
	int64_t keys[MANY + 2];
	bool is_right = true;
	for (int i = 0; i < MANY; i++)
		keys[i] = ids[MANY - 1 - i];
	keys[MANY] = -1;
	keys[MANY + 1] = ids[3];
	is(app_item_get_many(db, keys, MANY + 2, arena, found), LEXO_OK, "get_many");
	for (int i = 0; i < MANY; i++)
		is_right = is_right && found[i] && is_item(found[i], MANY - 1 - i);
	ok(is_right, "each row is in the place of its key");
	ok(!found[MANY] && found[MANY + 1] && is_item(found[MANY + 1], 3),
	   "no row is NULL, the same key twice is twice");
	is(app_item_get_many(db, NULL, 0, arena, found), LEXO_OK, "get_many of nothing");
	is(app_item_get_many(db, keys, 1, NULL, found), LEXO_E_MISUSE, "rows need an arena");
	app_contact_new contact = {.email = LEXO_S("Some@Where")};
	app_contact *contacts[3];
	is(app_contact_insert(db, &contact, NULL, NULL), LEXO_OK, "a key that is equal in any case");
	is(app_contact_get_many(db, (lexo_str[]){{"x@y", 3}, {"SOME@where", 10}, {NULL, 0}}, 3, arena, contacts),
	   LEXO_OK, "get_many by a type that travels as text");
	ok(!contacts[0] && contacts[1] && same(contacts[1]->email, "Some@Where") && !contacts[2],
	   "finds what is equal");
}

static void test_upsert(void)
{
	app_contact_new in = {
	    .email = LEXO_S("up@sert"), .note = LEXO_S("one"), .seen = {true, 1}, .late = LEXO_S("l")};
	app_contact row;
	bool is_new = false;
	is(app_contact_upsert(db, &in, 0, arena, &row, &is_new), LEXO_OK, "upsert of a new row");
	ok(is_new && row.seen == 1 && same(row.note, "one"), "inserts");
	in.email = LEXO_S("UP@SERT");
	in.note = LEXO_S("two");
	in.seen.v = 2;
	is(app_contact_upsert(db, &in, APP_CONTACT_SEEN, arena, &row, &is_new), LEXO_OK, "upsert of one that is there");
	ok(!is_new && row.seen == 2 && same(row.note, "one") && same(row.email, "up@sert"), "updates what was named");
	is(app_contact_upsert(db, &in, 0, arena, &row, NULL), LEXO_OK, "without naming columns");
	ok(row.seen == 2 && same(row.note, "two"), "updates what was given");
	in = (app_contact_new){.email = LEXO_S("up@sert")};
	is(app_contact_upsert(db, &in, 0, arena, &row, &is_new), LEXO_OK, "with nothing to update");
	ok(!is_new && same(row.note, "two") && row.seen == 2, "gives the row");
	is(app_contact_upsert(db, &in, 1u << 30, NULL, NULL, NULL), LEXO_OK, "without a row");
	in.email = LEXO_S("other@sert");
	in.late = LEXO_S("l");
	is(app_contact_upsert(db, &in, 0, NULL, NULL, NULL), LEXO_E_UNIQUE, "another key still clashes");
	ok(lexo_err(db)->constraint == APP_K_CONTACT_LATE_KEY, "and is told");
	is(app_contact_upsert_by_late(db, &in, 0, arena, &row, &is_new), LEXO_OK, "upsert by that key");
	ok(!is_new && same(row.email, "other@sert"), "changes the other columns");
	is(app_contact_upsert(db, &in, 0, NULL, NULL, &is_new), LEXO_E_MISUSE, "whether it is new needs an arena");
	is(app_contact_upsert(db, &in, 0, arena, NULL, &is_new), LEXO_OK, "but no row");
	ok(!is_new, "and is said");
}

static void test_count(void)
{
	int64_t count = 0;
	is(app_item_count(db, &(app_item_query){.limit = 10}, &count), LEXO_OK, "count with a limit");
	ok(count == 10, "is at most that");
	is(app_item_count(db, &(app_item_query){.offset = MANY - 1}, &count), LEXO_OK, "count behind an offset");
	ok(count == 1, "is the rest");
	is(app_item_count(db, NULL, NULL), LEXO_E_MISUSE, "count needs a place");
}

static void test_stream(void)
{
	app_item_stream *stream;
	const app_item *row;
	app_item one;
	lexo_rc rc;
	int count = 0;
	bool is_right = true;
	const app_item_query in_order = {.order = APP_ITEM_BY_ID};
	is(app_item_stream_open(db, &in_order, &stream), LEXO_OK, "a stream");
	is(app_item_get(db, ids[0], arena, &one), LEXO_E_MISUSE, "has the handle for itself");
	is(lexo_begin(db, 0), LEXO_E_MISUSE, "nothing begins meanwhile");
	while ((rc = app_item_stream_next(stream, &row)) == LEXO_ROW)
		is_right = is_item(row, count++) && is_right;
	is(rc, LEXO_DONE, "it ends");
	ok(count == MANY && is_right && !row, "all rows came, in order");
	is(app_item_stream_next(stream, &row), LEXO_DONE, "and stays at its end");
	is(app_item_get(db, ids[0], arena, &one), LEXO_OK, "the handle is free before it is closed");
	app_item_stream_close(stream);
	is(app_item_stream_open(db, NULL, &stream), LEXO_OK, "another stream");
	is(app_item_stream_next(stream, &row), LEXO_ROW, "with a row");
	app_item_stream_close(stream);
	is(app_item_get(db, ids[1], arena, &one), LEXO_OK, "closed early it frees the handle");
	app_item_stream_close(NULL);
	is(lexo_begin(db, 0), LEXO_OK, "begin");
	is(app_item_stream_open(db, &in_order, &stream), LEXO_OK, "a stream in a transaction");
	is(app_item_stream_next(stream, &row), LEXO_ROW, "with a row");
	is(lexo_commit(db), LEXO_E_MISUSE, "no commit meanwhile");
	app_item_stream_close(stream);
	is(app_item_get(db, ids[1], arena, &one), LEXO_OK, "closed early it leaves the transaction alone");
	is(app_item_stream_open(db, NULL, &stream), LEXO_OK, "a stream that a rollback meets");
	lexo_rollback(db);
	is(app_item_stream_next(stream, &row), LEXO_E_MISUSE, "has ended");
	app_item_stream_close(stream);
	is(app_item_stream_open(db, &(app_item_query){.offset = MANY}, &stream), LEXO_OK, "a stream of nothing");
	is(app_item_stream_next(stream, &row), LEXO_DONE, "is at its end");
	app_item_stream_close(stream);
	is(app_item_stream_open(db, &(app_item_query){.order = (app_item_order)9999}, &stream), LEXO_E_MISUSE,
	   "no such order");
	ok(!stream, "no stream");
	is(app_item_get(db, ids[1], arena, &one), LEXO_OK, "and a free handle");
}

/* Nothing where an insert struct or a patch belongs; the handle is as good as before. */
static void test_nothing(void)
{
	app_item_copy *copy;
	app_item row;
	is(app_item_insert(db, NULL, NULL, NULL), LEXO_E_MISUSE, "insert of no struct");
	is(app_item_insert_many(db, NULL, 2, NULL, NULL), LEXO_E_MISUSE, "of no structs");
	is(app_contact_upsert(db, NULL, 0, NULL, NULL, NULL), LEXO_E_MISUSE, "upsert of no struct");
	is(app_item_update(db, ids[0], NULL, NULL, NULL), LEXO_E_MISUSE, "update without a patch");
	is(app_item_copy_begin(db, &copy), LEXO_OK, "a copy");
	is(app_item_copy_row(copy, NULL), LEXO_E_MISUSE, "of no struct");
	app_item_copy_abort(copy);
	is(app_item_get(db, ids[0], arena, &row), LEXO_OK, "none of them hurts");
}

static lexo_rc leaves_a_stream(lexo_db *handle, void *context)
{
	return app_item_stream_open(handle, NULL, context);
}

static lexo_rc copy_all(int from, int64_t *count)
{
	app_item_copy *copy;
	lexo_rc rc = app_item_copy_begin(db, &copy);
	for (int i = from; i < MANY && rc == LEXO_OK; i++)
		rc = app_item_copy_row(copy, &new_items[i]);
	if (rc == LEXO_OK)
		return app_item_copy_end(copy, count);
	app_item_copy_abort(copy);
	return rc;
}

static void test_copy(void)
{
	app_item_copy *copy;
	app_form_copy *forms;
	app_items rows;
	int64_t count = 0;
	bool is_right = true;
	new_items[500].at.has = false;
	is(copy_all(0, &count), LEXO_E_UNIQUE, "a copy of what is there");
	ok(lexo_err(db)->constraint == APP_K_ITEM_CODE_KEY && count == 0, "the constraint is told");
	ok(items() == MANY, "and nothing is stored");
	for (int i = 0; i < MANY; i++)
		codes[i][0] = 'd';
	is(copy_all(0, &count), LEXO_OK, "a copy");
	ok(count == MANY && items() == 2 * MANY, "of all rows");
	is(app_item_find(db, &(app_item_query){.order = APP_ITEM_BY_CODE, .offset = MANY}, arena, &rows), LEXO_OK,
	   "find");
	for (size_t i = 0; i < rows.len; i++)
		is_right = is_right && is_item(&rows.items[i], (int)i);
	ok(rows.len == MANY && is_right, "they are as they were given");
	for (int i = 0; i < MANY; i++)
		codes[i][0] = 'e';
	is(app_item_copy_begin(db, &copy), LEXO_OK, "another copy");
	is(app_item_insert(db, &new_items[0], NULL, NULL), LEXO_E_MISUSE, "has the handle for itself");
	is(app_item_copy_row(copy, &new_items[0]), LEXO_OK, "a first row");
	new_items[1].at.has = true;
	is(app_item_copy_row(copy, &new_items[1]), LEXO_E_MISUSE, "a row that gives more than the first");
	ok(strcmp(lexo_err(db)->column, "at") == 0, "the column is told");
	new_items[1].at.has = false;
	new_items[1].code = (lexo_str){"a\0b", 3};
	is(app_item_copy_row(copy, &new_items[1]), LEXO_E_MISUSE, "a row with a NUL byte");
	new_items[1].code = lexo_cstr(codes[1]);
	is(app_item_copy_row(copy, &new_items[2]), LEXO_OK, "the next is not hurt");
	is(app_item_copy_end(copy, &count), LEXO_OK, "it ends");
	ok(count == 2 && items() == 2 * MANY + 2, "with the rows that were right");
	is(app_item_copy_begin(db, &copy), LEXO_OK, "a copy that is given up");
	is(app_item_copy_row(copy, &new_items[3]), LEXO_OK, "with a row");
	app_item_copy_abort(copy);
	ok(items() == 2 * MANY + 2, "stores nothing");
	is(app_item_copy_begin(db, &copy), LEXO_OK, "a copy of nothing");
	is(app_item_copy_end(copy, NULL), LEXO_OK, "ends well");
	app_item_copy_abort(NULL);
	is(app_form_copy_begin(db, &forms), LEXO_OK, "a model with types that travel as text");
	is(app_form_copy_row(forms, &(app_form_new){.code = LEXO_S("x")}), LEXO_E_MISUSE,
	   "a row with an enum that was not set");
	ok(strcmp(lexo_err(db)->column, "mood") == 0, "the column is told");
	app_form_copy_abort(forms);
	app_item_stream *left = NULL;
	const app_item *row;
	is(lexo_transact(db, 0, 0, leaves_a_stream, &left), LEXO_E_MISUSE, "a body that leaves a stream open");
	is(app_item_stream_next(left, &row), LEXO_E_MISUSE, "is rolled back");
	app_item_stream_close(left);
	ok(items() == 2 * MANY + 2, "and the handle is free");
}

/* A table may have no columns. */
static void test_bare(void)
{
	const app_bare_new two[2] = {{0}};
	app_bare row;
	app_bares rows;
	app_bare_copy *copy;
	app_bare_stream *stream;
	const app_bare *next;
	int64_t count;
	size_t streamed = 0;
	is(app_bare_insert(db, two, arena, &row), LEXO_OK, "a row of nothing");
	is(app_bare_insert_many(db, two, 2, NULL, NULL), LEXO_OK, "two of them");
	is(app_bare_count(db, NULL, &count), LEXO_OK, "are counted");
	ok(count == 3, "three");
	is(app_bare_find(db, NULL, arena, &rows), LEXO_OK, "are found");
	ok(rows.len == 3, "three");
	is(app_bare_stream_open(db, NULL, &stream), LEXO_OK, "come one by one");
	while (app_bare_stream_next(stream, &next) == LEXO_ROW)
		streamed++;
	app_bare_stream_close(stream);
	ok(streamed == 3, "three");
	is(app_bare_copy_begin(db, &copy), LEXO_OK, "a copy");
	is(app_bare_copy_row(copy, two), LEXO_E_MISUSE, "needs a column to write");
	app_bare_copy_abort(copy);
}

/* Nor may a row have any that are fetched. */
static void test_veiled(void)
{
	const app_veiled_new in = {.name = LEXO_S("a")}, other = {.name = LEXO_S("b")};
	app_veiled row;
	app_veileds rows;
	app_veiled_copy *copy;
	app_veiled_stream *stream;
	const app_veiled *next;
	int64_t count = 0;
	bool is_new = false;
	is(app_veiled_insert(db, &in, arena, &row), LEXO_OK, "a row of what is hidden");
	is(app_veiled_get_by_name(db, in.name, arena, &row), LEXO_OK, "is there");
	is(app_veiled_get_by_name(db, other.name, arena, &row), LEXO_NOT_FOUND, "and no other");
	is(app_veiled_upsert_by_name(db, &other, 0, arena, &row, &is_new), LEXO_OK, "another");
	ok(is_new, "is new");
	is(app_veiled_copy_begin(db, &copy), LEXO_OK, "a third");
	is(app_veiled_copy_row(copy, &(app_veiled_new){.name = LEXO_S("c")}), LEXO_OK, "is copied");
	is(app_veiled_copy_end(copy, &count), LEXO_OK, "to the end");
	is(app_veiled_find(db, NULL, arena, &rows), LEXO_OK, "all");
	ok(rows.len == 3 && count == 1, "are three");
	is(app_veiled_stream_open(db, NULL, &stream), LEXO_OK, "one by one");
	for (count = 0; app_veiled_stream_next(stream, &next) == LEXO_ROW; count++)
		;
	app_veiled_stream_close(stream);
	ok(count == 3, "they are three");
}

int main(int argc, char **argv)
{
	lexo_options options = options_of(argc, argv, count_event);
	arena = lexo_arena_new(0);
	is(lexo_open(NULL, &options, &db), LEXO_OK, "connect");
	make_items();
	test_bare();
	test_veiled();
	test_insert_many();
	test_get_many();
	test_upsert();
	test_count();
	test_stream();
	test_nothing();
	test_copy();
	ok(events > 3 * MANY, "rows are announced");
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
