/* Queries against a server: prints TAP.  The database has the tables of forms.lexo; other programs may have left rows.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_models.h"
#include "tap.h"

enum { COUNT = 240 };

static lexo_db *other;
static char codes[COUNT][16];
static app_item_new items[COUNT];

/* Every column has NULLs, equal values, and values that differ. */
static void make_items(void)
{
	static const lexo_str tags[] = {{"red", 3}, {"green", 5}, {"blue", 4}};
	static const int64_t numbers[] = {1, 2, 3};
	for (int i = 0; i < COUNT; i++) {
		snprintf(codes[i], sizeof codes[i], "%s%03d", i % 3 ? "a_" : "a%", i);
		items[i].code = i % 10 ? lexo_cstr(codes[i]) : (lexo_str){NULL, 0};
		items[i].tags = (lexo_str_array){tags, (size_t)(i % 4), NULL};
		items[i].numbers = (lexo_i64_array){i % 5 ? numbers : NULL, (size_t)(i % 3) + 1, NULL};
		items[i].data = i % 2 ? (lexo_json){"{\"k\": 1, \"odd\": true}", 21} : (lexo_json){0};
		items[i].mood = (app_mood)(i % 4);
		items[i].flag = (lexo_opt_bool){i % 6 != 0, i % 6 > 3};
		items[i].at = (lexo_opt_ts){true, {(int64_t)(i / 7) * 1000000}};
	}
	is(app_item_insert_many(db, items, COUNT, arena, NULL), LEXO_OK, "items are stored");
}

static bool is_label(int i, app_mood mood)
{
	return items[i].mood == mood;
}

/* How many of the items PREDICATE holds for, by hand. */
static int64_t by_hand(bool (*predicate)(int i))
{
	int64_t count = 0;
	for (int i = 0; i < COUNT; i++)
		count += predicate(i);
	return count;
}

static void finds(app_item_where predicate, bool (*by)(int i), const char *what)
{
	const app_item_query query = {.where = &predicate, .where_count = 1};
	app_items rows;
	int64_t count = -1, wanted = by_hand(by);
	is(app_item_count(db, &query, &count), LEXO_OK, what);
	lexo_rc rc = app_item_find(db, &query, arena, &rows);
	ok(rc == LEXO_OK && count == wanted && rows.len == (size_t)wanted, what);
	if (count != wanted)
		printf("#   got %lld, wanted %lld\n", (long long)count, (long long)wanted);
}

static bool code_is(int i)
{
	return i == 7;
}
static bool code_is_not(int i)
{
	return i % 10 && i != 7;
}
static bool code_is_one(int i)
{
	return i == 7 || i == 8;
}
static bool code_is_null(int i)
{
	return i % 10 == 0;
}
static bool code_is_not_null(int i)
{
	return i % 10 != 0;
}
static bool code_begins(int i)
{
	return i % 10 && i % 3;
}
static bool code_is_like(int i)
{
	return i % 10 && i < 100;
}
static bool code_is_greater(int i)
{
	return i % 10 && strcmp(codes[i], "a_100") > 0;
}
static bool mood_is(int i)
{
	return is_label(i, APP_MOOD_HAPPY);
}
static bool mood_is_one(int i)
{
	return is_label(i, APP_MOOD_HAPPY) || is_label(i, APP_MOOD_SAD);
}
static bool mood_is_less(int i)
{
	return is_label(i, APP_MOOD_SAD) || is_label(i, APP_MOOD_SO_SO);
}
static bool flag_is_true(int i)
{
	return i % 6 > 3;
}
static bool at_is_less(int i)
{
	return i / 7 < 10;
}
static bool has_red_and_green(int i)
{
	return i % 4 >= 2;
}
static bool has_red_at_most(int i)
{
	return i % 4 <= 1;
}
static bool has_red_or_blue(int i)
{
	return i % 4 >= 1;
}
static bool has_numbers(int i)
{
	return i % 5 && i % 3 == 1;
}
static bool has_key(int i)
{
	return i % 2;
}
static bool never(int i)
{
	(void)i;
	return false;
}
static bool always(int i)
{
	(void)i;
	return true;
}
static bool either(int i)
{
	return mood_is(i) || flag_is_true(i);
}
static bool neither(int i)
{
	return !either(i);
}
static bool nested(int i)
{
	return mood_is(i) && (flag_is_true(i) || code_is_null(i));
}

static void test_predicates(void)
{
	static const lexo_str two[] = {{"a_007", 5}, {"a_008", 5}}, tags[] = {{"red", 3}, {"green", 5}},
			      blue = {"blue", 4};
	static const app_mood moods[] = {APP_MOOD_HAPPY, APP_MOOD_SAD};
	static const int64_t numbers[] = {1, 2};
	const lexo_str red_or_blue[] = {tags[0], blue};
	finds(app_item_where_code_eq(two[0]), code_is, "text: equal");
	finds(app_item_where_code_ne(two[0]), code_is_not, "text: not equal, and no NULL");
	finds(app_item_where_code_in(two, 2), code_is_one, "text: one of two");
	finds(app_item_where_code_in(two, 1), code_is, "text: one of one");
	finds(app_item_where_code_in(NULL, 0), never, "text: one of none");
	finds(app_item_where_code_is_null(), code_is_null, "text: NULL");
	finds(app_item_where_code_is_not_null(), code_is_not_null, "text: not NULL");
	finds(app_item_where_code_prefix(LEXO_S("a_")), code_begins, "text: _ in a prefix is itself");
	finds(app_item_where_code_prefix(LEXO_S("")), code_is_not_null, "text: the empty prefix");
	finds(app_item_where_code_like(LEXO_S("a_0%")), code_is_like, "text: like");
	finds(app_item_where_code_ilike(LEXO_S("A_0%")), code_is_like, "text: ilike");
	finds(app_item_where_code_gt(LEXO_S("a_100")), code_is_greater, "text: greater");
	finds(app_item_where_mood_eq(APP_MOOD_HAPPY), mood_is, "enum: equal");
	finds(app_item_where_mood_in(moods, 2), mood_is_one, "enum: one of two");
	finds(app_item_where_mood_lt(APP_MOOD_HAPPY), mood_is_less, "enum: less, in the order of the labels");
	finds(app_item_where_flag_eq(true), flag_is_true, "bool: equal");
	finds(app_item_where_at_lt((lexo_ts){10000000}), at_is_less, "timestamp: less");
	finds(app_item_where_tags_contains((lexo_str_array){tags, 2, NULL}), has_red_and_green, "array: contains");
	finds(app_item_where_tags_contained_by((lexo_str_array){tags, 1, NULL}), has_red_at_most, "array: contained");
	finds(app_item_where_tags_overlaps((lexo_str_array){red_or_blue, 2, NULL}), has_red_or_blue, "array: overlaps");
	finds(app_item_where_numbers_eq((lexo_i64_array){numbers, 2, NULL}), has_numbers, "array: equal");
	finds(app_item_where_data_has_key(LEXO_S("odd")), has_key, "jsonb: has a key");
	finds(app_item_where_data_contains((lexo_json){"{\"k\": 1}", 8}), has_key, "jsonb: contains");
}

static void test_groups(void)
{
	const app_item_where two[] = {app_item_where_mood_eq(APP_MOOD_HAPPY), app_item_where_flag_eq(true)};
	const app_item_where inner[] = {app_item_where_flag_eq(true), app_item_where_code_is_null()};
	const app_item_where outer[] = {two[0], app_item_where_any_of(inner, 2)};
	finds(app_item_where_any_of(two, 2), either, "any of two");
	finds(app_item_where_none_of(two, 2), neither, "none of two, NULL counts as not");
	finds(app_item_where_all_of(outer, 2), nested, "groups in groups");
	finds(app_item_where_any_of(NULL, 0), never, "any of nothing");
	finds(app_item_where_all_of(NULL, 0), always, "all of nothing");
	finds(app_item_where_none_of(NULL, 0), always, "none of nothing");
}

/* Pages one behind the other are the whole, whatever the order, with equal values and NULLs across their borders. */
static void test_pages(void)
{
	static const app_item_order orders[] = {APP_ITEM_BY_ID,        APP_ITEM_BY_ID_DESC,  APP_ITEM_BY_CODE,
						APP_ITEM_BY_CODE_DESC, APP_ITEM_BY_MOOD,     APP_ITEM_BY_MOOD_DESC,
						APP_ITEM_BY_AT,        APP_ITEM_BY_AT_DESC,  APP_ITEM_BY_FLAG,
						APP_ITEM_BY_FLAG_DESC, APP_ITEM_BY_NUMBERS,  APP_ITEM_BY_NUMBERS_DESC,
						APP_ITEM_BY_TAGS,      APP_ITEM_BY_TAGS_DESC};
	for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
		app_items all, page;
		app_item_query query = {.order = orders[i], .limit = 0};
		lexo_rc rc = app_item_find(db, &query, arena, &all);
		size_t seen = 0;
		bool is_same = rc == LEXO_OK && all.len == COUNT;
		query.limit = 7;
		while ((rc = app_item_find(db, &query, arena, &page)) == LEXO_OK && page.len) {
			for (size_t k = 0; k < page.len; k++, seen++)
				is_same = is_same && seen < all.len && page.items[k].id == all.items[seen].id;
			query.after = &page.items[page.len - 1];
		}
		char what[64];
		snprintf(what, sizeof what, "pages in order %d", (int)orders[i]);
		ok(is_same && rc == LEXO_OK && seen == COUNT, what);
	}
	app_node_new nodes[20] = {{0}};
	for (int i = 0; i < 20; i++) {
		static char names[20][4];
		snprintf(names[i], sizeof names[i], "n%02d", i);
		nodes[i] =
		    (app_node_new){.tenant = 900 + i / 6, .name = lexo_cstr(names[i]), .payload = lexo_cstr(names[i])};
	}
	is(app_node_insert_many(db, nodes, 20, arena, NULL), LEXO_OK, "nodes are stored");
	const app_node_where where = app_node_where_tenant_ge(900);
	app_node_query query = {.where = &where, .where_count = 1, .order = APP_NODE_BY_TENANT, .limit = 3};
	app_nodes page;
	int seen = 0;
	bool is_same = true;
	while (app_node_find(db, &query, arena, &page) == LEXO_OK && page.len) {
		for (size_t k = 0; k < page.len; k++, seen++)
			is_same = is_same && seen < 20 && page.items[k].tenant == 900 + seen / 6 &&
				  strcmp(page.items[k].name.ptr, nodes[seen].name.ptr) == 0;
		query.after = &page.items[page.len - 1];
	}
	ok(is_same && seen == 20, "pages by a key of two columns");
	int64_t count = 0;
	is(app_node_delete_where(db, &(app_node_query){.where = &where, .where_count = 1}, &count), LEXO_OK,
	   "nodes are deleted");
	ok(count == 20, "all of them");
}

static void test_rows(void)
{
	app_item item;
	app_items rows;
	app_item_stream *stream;
	const app_item *row;
	const app_item_where happy[] = {app_item_where_mood_eq(APP_MOOD_HAPPY), app_item_where_flag_eq(true)};
	const app_item_where nobody = app_item_where_code_eq(LEXO_S("nobody"));
	const app_item_query query = {LEXO_WHERE(happy), .order = APP_ITEM_BY_AT_DESC};
	is(app_item_find_one(db, &query, arena, &item), LEXO_OK, "the first one");
	ok(item.mood == APP_MOOD_HAPPY && item.flag.has && item.flag.v, "is one of them");
	is(app_item_find_one(db, &(app_item_query){.where = &nobody, .where_count = 1}, arena, &item), LEXO_NOT_FOUND,
	   "no first one");
	app_item_query some = query;
	some.omit = APP_ITEM_TAGS | APP_ITEM_DATA | APP_ITEM_AT;
	is(app_item_find(db, &some, arena, &rows), LEXO_OK, "without some columns");
	ok(rows.len && rows.items[0].mood == APP_MOOD_HAPPY && rows.items[0].code.ptr && !rows.items[0].tags.items &&
	       !rows.items[0].data.ptr && !rows.items[0].at.us,
	   "they stay zero, the others are there");
	some.omit = 0xff;
	is(app_item_find(db, &some, arena, &rows), LEXO_E_MISUSE, "without any column there is no row");
	some.omit = APP_ITEM_ID;
	size_t streamed = 0;
	is(app_item_stream_open(db, &some, &stream), LEXO_OK, "a stream with predicates");
	while (app_item_stream_next(stream, &row) == LEXO_ROW)
		streamed += row->mood == APP_MOOD_HAPPY && row->id == 0;
	app_item_stream_close(stream);
	is(app_item_find(db, &query, arena, &rows), LEXO_OK, "the same whole");
	ok(streamed == rows.len && streamed > 0, "has as many rows");
	is(app_happy_find(db, &(app_happy_query){LEXO_WHERE(((app_happy_where[]){app_happy_where_n_ge(1)}))}, arena,
			  &(app_happys){NULL, 0}),
	   LEXO_OK, "a view with predicates");
}

static void test_locks(void)
{
	app_items mine, rest;
	app_item_query query = {.order = APP_ITEM_BY_ID, .limit = 5, .lock = LEXO_LOCK_UPDATE_SKIP_LOCKED};
	is(lexo_begin(db, 0), LEXO_OK, "begin");
	is(app_item_find(db, &query, arena, &mine), LEXO_OK, "five rows are locked");
	is(lexo_begin(other, 0), LEXO_OK, "somebody else begins");
	lexo_rc rc = app_item_find(other, &query, arena, &rest);
	ok(rc == LEXO_OK && rest.len == 5 && mine.len == 5 && rest.items[0].id > mine.items[4].id,
	   "and gets the five behind them");
	query.lock = LEXO_LOCK_UPDATE_NOWAIT;
	is(app_item_find(other, &query, arena, &rest), LEXO_E_LOCK_TIMEOUT, "or hears that they are locked");
	lexo_rollback(other);
	lexo_rollback(db);
	for (int lock = LEXO_LOCK_NONE; lock <= LEXO_LOCK_KEY_SHARE; lock++) {
		query.lock = (lexo_lock)lock;
		is(app_item_find(db, &query, arena, &mine), LEXO_OK, "every lock is one");
	}
	query.lock = (lexo_lock)(LEXO_LOCK_KEY_SHARE + 1);
	is(app_item_find(db, &query, arena, &mine), LEXO_E_MISUSE, "the next is none");
}

static void test_changes(void)
{
	const app_item_where happy = app_item_where_mood_eq(APP_MOOD_HAPPY);
	const app_item_query query = {.where = &happy, .where_count = 1};
	app_item_patch patch = {0};
	int64_t count = -1, left = -1;
	is(app_item_update_where(db, &query, &patch, &count), LEXO_E_MISUSE, "a patch that sets nothing");
	app_item_patch_flag(&patch, (lexo_opt_bool){0});
	is(app_item_update_where(db, NULL, &patch, &count), LEXO_E_MISUSE, "an update of everything is refused");
	is(app_item_update_where(db, &(app_item_query){.limit = 1}, &patch, &count), LEXO_E_MISUSE,
	   "with a limit, too");
	app_item_query limited = query;
	limited.limit = 1;
	is(app_item_update_where(db, &limited, &patch, &count), LEXO_E_MISUSE, "it has predicates alone");
	is(app_item_update_where(db, &query, &patch, &count), LEXO_OK, "an update by predicates");
	ok(count == by_hand(mood_is), "of as many rows as they hold for");
	const app_item_where both[] = {happy, app_item_where_flag_is_null()};
	is(app_item_count(db, &(app_item_query){LEXO_WHERE(both)}, &left), LEXO_OK, "they are counted");
	ok(left == count, "and have what was set");
	is(app_item_delete_where(db, &(app_item_query){0}, NULL), LEXO_E_MISUSE, "a deletion of everything is refused");
	is(app_item_delete_where(db, &query, &count), LEXO_OK, "a deletion by predicates");
	ok(count == left, "of the same rows");
	is(app_item_delete_where(db, &query, NULL), LEXO_OK, "of none, uncounted");
}

static app_item_where raw(uint16_t column, uint16_t op)
{
	const app_item_where where = {{column, op, {{NULL, 0, NULL}}}};
	return where;
}

static void refuses(app_item_where where, const char *what)
{
	int64_t count;
	is(app_item_count(db, &(app_item_query){.where = &where, .where_count = 1}, &count), LEXO_E_MISUSE, what);
}

static void test_misuse(void)
{
	static app_item_where many[300], deep[20];
	int64_t count;
	app_items rows;
	const app_item nowhere = {0};
	refuses(app_item_where_code_eq((lexo_str){NULL, 0}), "NULL is compared with nothing");
	refuses(app_item_where_code_like((lexo_str){NULL, 0}), "nor a pattern");
	refuses(app_item_where_code_prefix((lexo_str){NULL, 0}), "nor a prefix");
	refuses(app_item_where_mood_eq((app_mood)0), "no label");
	refuses(app_item_where_mood_eq((app_mood)99), "not a label");
	refuses(app_item_where_code_in(NULL, 3), "values that are not there");
	refuses(app_item_where_any_of(NULL, 3), "predicates that are not there");
	refuses(raw(99, LEXO_OP_EQ), "a column that is not there");
	refuses(raw(0, 0), "no operator");
	refuses(raw(0, LEXO_OP_COUNT), "not an operator");
	for (int i = 0; i < 300; i++)
		many[i] = app_item_where_code_is_null();
	is(app_item_count(db, &(app_item_query){LEXO_WHERE(many)}, &count), LEXO_E_MISUSE, "too many predicates");
	is(app_item_count(db, &(app_item_query){.where = many, .where_count = 256}, &count), LEXO_OK, "256 are not");
	refuses(app_item_where_any_of(many, 256), "a group of them is");
	deep[0] = app_item_where_code_is_null();
	for (int i = 1; i < 20; i++)
		deep[i] = app_item_where_all_of(&deep[i - 1], 1);
	refuses(deep[19], "too deep");
	is(app_item_count(db, &(app_item_query){.where = &deep[15], .where_count = 1}, &count), LEXO_OK,
	   "not too deep");
	is(app_item_count(db, &(app_item_query){.where_count = 1}, &count), LEXO_E_MISUSE, "counted and not there");
	is(app_item_find(db, &(app_item_query){.after = &nowhere}, arena, &rows), LEXO_E_MISUSE,
	   "a page without an order");
	is(app_item_count(db, &(app_item_query){.after = &nowhere, .order = APP_ITEM_BY_ID}, &count), LEXO_E_MISUSE,
	   "a page is not counted");
}

int main(int argc, char **argv)
{
	lexo_options options = options_of(argc, argv, NULL);
	arena = lexo_arena_new(0);
	if (!arena || lexo_open(NULL, &options, &db) != LEXO_OK || lexo_open(NULL, &options, &other) != LEXO_OK) {
		fprintf(stderr, "no database: %s\n", db ? lexo_err(db)->message : "out of memory");
		return 2;
	}
	const app_item_where any = app_item_where_id_ge(INT64_MIN);
	is(app_item_delete_where(db, &(app_item_query){.where = &any, .where_count = 1}, NULL), LEXO_OK,
	   "an empty table");
	make_items();
	test_predicates();
	test_groups();
	test_pages();
	test_rows();
	test_locks();
	test_misuse();
	test_changes();
	lexo_close(other);
	lexo_close(db);
	lexo_arena_free(arena);
	return failures ? 1 : 0;
}
