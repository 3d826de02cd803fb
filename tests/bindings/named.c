/* Named queries against a server: prints TAP.  The database has the tables of forms.lexo.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app_models.h"
#include "tap.h"

static const lexo_str one = {"named one", 9}, two = {"named two", 9}, three = {"named three", 11},
		      four = {"named four", 10};

static void store(void)
{
	static const lexo_str tags[] = {{"red", 3}, {"green", 5}};
	const app_item_new items[] = {
	    {.code = one, .tags = {tags, 2, NULL}, .mood = APP_MOOD_HAPPY},
	    {.code = two, .tags = {tags, 1, NULL}, .mood = APP_MOOD_SAD},
	    {.code = three, .mood = APP_MOOD_SAD},
	    {.code = four},
	};
	is(app_forget_all(db), LEXO_OK, "nothing is there");
	is(app_item_insert_many(db, items, 4, arena, NULL), LEXO_OK, "items are stored");
}

static void test_rows_of_a_model(void)
{
	app_item item;
	is(app_item_by_code(db, one, arena, &item), LEXO_OK, "a row of a model");
	ok(same(item.code, "named one") && item.mood == APP_MOOD_HAPPY && item.tags.len == 2, "with its values");
	memset(&item, 1, sizeof item);
	is(app_item_by_code(db, lexo_cstr("named none"), arena, &item), LEXO_NOT_FOUND, "optional: there is none");
	ok(!item.code.ptr && !item.id, "then the row is zeroed");
	is(app_the_item(db, lexo_cstr("named none"), arena, &item), LEXO_NOT_FOUND, "one: there is none");
	is(app_the_item(db, two, arena, &item), LEXO_OK, "one: there is one");
	is(app_item_by_code(db, (lexo_str){NULL, 0}, arena, &item), LEXO_NOT_FOUND,
	   "no text where one must be is the empty one");
	is(app_item_by_code(db, one, NULL, &item), LEXO_E_MISUSE, "no arena");
}

static void test_own_rows(void)
{
	static const lexo_str codes[] = {{"named one", 9}, {"named two", 9}, {"named three", 11}, {"named four", 10}};
	app_items_of_args args = {.codes = {codes, 4, NULL}};
	app_items_of_rows rows;
	is(app_items_of(db, &args, arena, &rows), LEXO_OK, "absent arguments: NULL, and the default");
	ok(rows.len == 2 && same(rows.items[0].code, "named two") && same(rows.items[1].code, "named three"),
	   "which is a limit of two");
	args.max_ = (lexo_opt_i32){true, 10};
	is(app_items_of(db, &args, arena, &rows), LEXO_OK, "another limit");
	ok(rows.len == 4 && rows.items[3].mood == 0 && rows.items[0].length == 1, "all four");
	ok(same(rows.items[0].share, "20.0"), "an exact number, as text");
	args.mood = APP_MOOD_SAD;
	is(app_items_of(db, &args, arena, &rows), LEXO_OK, "by a label");
	ok(rows.len == 2 && rows.items[0].mood == APP_MOOD_SAD && rows.items[0].at.has, "those that have it");
	args.codes.len = 1;
	is(app_items_of(db, &args, arena, &rows), LEXO_OK, "nothing has both");
	ok(!rows.len && !rows.items, "no rows");
	is(app_items_of(db, NULL, arena, &rows), LEXO_E_MISUSE, "no arguments at all");
	args.mood = (app_mood)77;
	is(app_items_of(db, &args, arena, &rows), LEXO_E_MISUSE, "no label");
}

static void test_each(void)
{
	app_numbers_args args = {1, 1000};
	app_numbers_stream *stream;
	const app_numbers_row *row;
	lexo_rc rc;
	int64_t sum = 0;
	is(app_numbers_open(db, &args, &stream), LEXO_OK, "row by row");
	while ((rc = app_numbers_next(stream, &row)) == LEXO_ROW) {
		sum += row->number;
		if (row->number == 3)
			ok(same(row->half, "1.5000000000000000"), "with an exact number");
	}
	is(rc, LEXO_DONE, "to the end");
	ok(sum == 500500, "all of them");
	app_numbers_close(stream);
	is(app_numbers_open(db, &args, &stream), LEXO_OK, "again");
	is(app_numbers_next(stream, &row), LEXO_ROW, "one row");
	is(app_forget_all(db), LEXO_E_MISUSE, "the handle has something to do");
	app_numbers_close(stream);
	is(app_numbers_open(db, NULL, &stream), LEXO_E_MISUSE, "no arguments");
	ok(!stream, "no stream");
}

static void test_changes(void)
{
	static const lexo_str codes[] = {{"named two", 9}, {"named three", 11}, {"named none", 10}};
	int64_t count = 77;
	app_rename_rows renamed;
	app_archive_rows archived;
	is(app_forget(db, (lexo_str_array){codes, 3, NULL}, &count), LEXO_OK, "delete by a list");
	ok(count == 2, "how many there were");
	is(app_forget(db, (lexo_str_array){codes, 3, NULL}, NULL), LEXO_OK, "nobody wants to know");
	is(app_rename(db, &(app_rename_args){one, two}, arena, &renamed), LEXO_OK, "what an update returns");
	ok(renamed.len == 1 && same(renamed.items[0].code, "named two") && same(renamed.items[0].share, "1.5"),
	   "the new row");
	is(app_rename(db, &(app_rename_args){two, four}, arena, &renamed), LEXO_E_UNIQUE, "a key that is taken");
	ok(lexo_err(db)->constraint == APP_K_ITEM_CODE_KEY, "which");
	ok(!renamed.len && !renamed.items, "no rows");
	is(app_archive(db, four, arena, &archived), LEXO_OK, "changes inside WITH");
	ok(archived.len == 1 && same(archived.items[0].code, "named four"), "give rows too");
	is(app_forget_all(db), LEXO_OK, "no parameters, no rows");
}

static void test_what_is_wrong(void)
{
	app_nothing_much_row twice;
	app_wrong_name_row missing;
	app_two_rows_row several;
	app_is_null_row null;
	app_other_type_row other;
	app_other_order_rows swapped;
	is(app_nothing_much(db, 21, arena, &twice), LEXO_OK, "parameters and columns with names of C's");
	ok(twice.out == 42, "work");
	is(app_wrong_name(db, arena, &missing), LEXO_E_SCHEMA_MISMATCH, "a column that the query does not give");
	is(app_two_rows(db, arena, &several), LEXO_E_SCHEMA_MISMATCH, "several rows where one was declared");
	ok(!several.n, "the row is zeroed");
	is(app_is_null(db, arena, &null), LEXO_E_DECODE, "NULL where none was declared");
	is(app_other_type(db, arena, &other), LEXO_E_SCHEMA_MISMATCH, "another type than the declared one");
	is(app_other_order(db, one, arena, &swapped), LEXO_E_SCHEMA_MISMATCH,
	   "another order, where nothing is written around");
	ok(!swapped.items && !swapped.len, "no rows");
}

int main(int argc, char **argv)
{
	lexo_options options = options_of(argc, argv, NULL);
	arena = lexo_arena_new(0);
	is(lexo_open("", &options, &db), LEXO_OK, "connect");
	store();
	test_rows_of_a_model();
	test_own_rows();
	test_each();
	test_changes();
	test_what_is_wrong();
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
