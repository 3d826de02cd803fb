/* Generated code against a server: prints TAP.  The database has the tables of forms.lexo.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_models.h"
#include "tap.h"

static lexo_db *other;
static unsigned events;

static void count_event(void *context, const lexo_query_event *event)
{
	(void)context;
	events += event->name[0] && event->sql[0] ? 1 : 0;
}

static const bool yes_no[] = {true, false, true};
static const bool middle_null[] = {false, true, false};

static app_form_new sample(const char *code)
{
	app_form_new form = {.code = lexo_cstr(code), .flag = true, .small = -32768, .medium = 21, .large = INT64_MAX};
	form.single = 1.5f;
	form.double_ = -2.25;
	form.number = LEXO_S("1234567890.12");
	memset(form.token.b, 0x5a, sizeof form.token.b);
	form.day.days = -1;
	form.moment.us = 1;
	form.wall.us = INT64_C(-210866803200000000);
	form.blob = (lexo_bytes){(const uint8_t *)"\0\1\377", 3};
	form.doc = (lexo_json){"[1,  2]", 7};
	form.data = (lexo_json){"{\"a\": [true]}", 13};
	form.mood = APP_MOOD_SO_SO;
	form.email = LEXO_S("Some@Where");
	form.digest = (lexo_bytes){(const uint8_t *)"abcd", 4};
	form.fixed = LEXO_S("ab");
	form.object = 4000000000u;
	form.flags = (lexo_bool_array){yes_no, 3, middle_null};
	return form;
}

static void test_required(void)
{
	app_form_new in = sample("first");
	app_form row, again;
	is(app_form_insert(db, &in, arena, &row), LEXO_OK, "a row is inserted and returned");
	ok(row.id > 0 && same(row.code, "first") && row.flag && row.small == -32768 && row.medium == 21 &&
	       row.large == INT64_MAX,
	   "integers come back");
	ok(row.single == 1.5f && row.double_ == -2.25 && same(row.number, "1234567890.12"),
	   "floats and numeric come back");
	ok(row.token.b[15] == 0x5a && row.day.days == -1 && row.moment.us == 1 && row.wall.us == in.wall.us,
	   "uuid, date and times come back");
	ok(row.blob.len == 3 && memcmp(row.blob.ptr, "\0\1\377", 3) == 0, "bytes come back");
	ok(strcmp(row.doc.ptr, "[1,  2]") == 0 && strcmp(row.data.ptr, "{\"a\": [true]}") == 0,
	   "json and jsonb come back");
	ok(row.mood == APP_MOOD_SO_SO && same(row.email, "Some@Where") && row.digest.len == 4 &&
	       same(row.fixed, "ab  ") && row.object == 4000000000u,
	   "enum, domains, char(n) and oid come back");
	ok(row.flags.len == 3 && row.flags.items[0] && row.flags.items[2] && row.flags.nulls && row.flags.nulls[1],
	   "an array with a NULL comes back");
	ok(!row.flag_null.has && !row.large_null.has && !row.moment_null.has && !row.text_null.ptr && !row.mood_null &&
	       !row.larges.items && !row.span_null.has,
	   "what was absent is NULL");
	ok(row.with_default == 7 && same(row.choice, "standard") && row.texts.items && row.texts.len == 0 &&
	       row.doubled == 42,
	   "defaults and generated columns come back");
	is(app_form_get(db, row.id, arena, &again), LEXO_OK, "get by primary key");
	ok(again.id == row.id && again.mood == row.mood, "it is the same row");
	is(app_form_get_by_code(db, LEXO_S("first"), arena, &again), LEXO_OK, "get by unique key");
	is(app_form_get_by_code(db, LEXO_S("nobody"), arena, &again), LEXO_NOT_FOUND, "no such key");
	ok(again.id == 0 && !again.code.ptr, "then the row is zero");
	is(app_form_get_by_code(db, (lexo_str){0}, arena, &again), LEXO_NOT_FOUND, "NULL is no key");
}

static const int64_t larges[] = {INT64_MIN, 0, INT64_MAX};
static const float singles[] = {0.5f};
static const double doubles[] = {1e300};
static const lexo_str texts[] = {{"", 0}, {NULL, 0}, {"q\"\\{,}", 6}}, numbers[] = {{"1.5", 3}, {NULL, 0}};
static const app_mood moods[] = {APP_MOOD_HAPPY, (app_mood)0, APP_MOOD_SO_SO};
static const lexo_uuid tokens[] = {{{1}}, {{2}}};
static const lexo_date days[] = {{INT32_MIN}, {0}, {INT32_MAX}};
static const lexo_ts moments[] = {{INT64_MIN}, {INT64_MAX}};
static const lexo_json datas[] = {{"{}", 2}, {NULL, 0}};
static const lexo_bytes blobs[] = {{(const uint8_t *)"x", 1}};

static app_form_new every_option(void)
{
	app_form_new in = sample("second");
	in.flag_null = (lexo_opt_bool)LEXO_SOME(false);
	in.small_null = (lexo_opt_i16)LEXO_SOME(3);
	in.medium_null = (lexo_opt_i32)LEXO_SOME(-4);
	in.large_null = (lexo_opt_i64)LEXO_SOME(0);
	in.single_null = (lexo_opt_f32)LEXO_SOME(0.25f);
	in.double_null = (lexo_opt_f64)LEXO_SOME(0.125);
	in.number_null = LEXO_S("NaN");
	in.token_null.has = true;
	in.day_null = (lexo_opt_date)LEXO_SOME(((lexo_date){INT32_MAX}));
	in.moment_null = (lexo_opt_ts)LEXO_SOME(((lexo_ts){INT64_MIN}));
	in.text_null = LEXO_S("");
	in.blob_null = (lexo_bytes){(const uint8_t *)"", 0};
	in.data_null = (lexo_json){"null", 4};
	in.mood_null = APP_MOOD_SAD;
	in.span_null = (lexo_opt_interval)LEXO_SOME(((lexo_interval){7200000000, 1, 0}));
	in.range_null = (lexo_opt_i32_range)LEXO_SOME(((lexo_i32_range){{true, 1}, {true, 5}, true, false, false}));
	in.larges = (lexo_i64_array){larges, 3, NULL};
	in.singles = (lexo_f32_array){singles, 1, NULL};
	in.doubles = (lexo_f64_array){doubles, 1, NULL};
	in.texts = (lexo_str_array){texts, 3, NULL};
	in.moods = (app_mood_array){moods, 3, NULL};
	in.numbers = (lexo_str_array){numbers, 2, NULL};
	in.tokens = (lexo_uuid_array){tokens, 2, NULL};
	in.days = (lexo_date_array){days, 3, NULL};
	in.moments = (lexo_ts_array){moments, 2, NULL};
	in.datas = (lexo_json_array){datas, 2, NULL};
	in.blobs = (lexo_bytes_array){blobs, 1, NULL};
	in.labels = (lexo_str_array){texts, 1, NULL};
	in.null_columns = APP_FORM_CHOICE;
	return in;
}

static void test_optional(void)
{
	app_form_new in = every_option();
	app_form row;
	is(app_form_insert(db, &in, arena, &row), LEXO_OK, "every optional column is given");
	ok(row.flag_null.has && !row.flag_null.v && row.small_null.v == 3 && row.medium_null.v == -4 &&
	       row.large_null.has && row.large_null.v == 0 && row.single_null.v == 0.25f && row.double_null.v == 0.125,
	   "optional numbers come back");
	ok(same(row.number_null, "NaN") && row.token_null.has && row.day_null.v.days == INT32_MAX &&
	       row.moment_null.v.us == INT64_MIN,
	   "NaN and infinities come back");
	ok(same(row.text_null, "") && row.blob_null.ptr && row.blob_null.len == 0 &&
	       strcmp(row.data_null.ptr, "null") == 0,
	   "empty is not NULL");
	ok(row.mood_null == APP_MOOD_SAD && row.span_null.has && row.span_null.v.days == 1 &&
	       row.span_null.v.us == 7200000000 && row.range_null.has && row.range_null.v.lower.v == 1 &&
	       row.range_null.v.upper.v == 5,
	   "types that travel as text come back");
	ok(row.larges.len == 3 && memcmp(row.larges.items, larges, sizeof larges) == 0 &&
	       row.singles.items[0] == 0.5f && row.doubles.items[0] == 1e300,
	   "arrays of numbers come back");
	ok(row.texts.len == 3 && same(row.texts.items[0], "") && !row.texts.items[1].ptr &&
	       same(row.texts.items[2], "q\"\\{,}"),
	   "arrays of text come back");
	ok(row.moods.len == 3 && row.moods.items[0] == APP_MOOD_HAPPY && !row.moods.items[1] &&
	       row.moods.items[2] == APP_MOOD_SO_SO,
	   "arrays of enums come back");
	ok(row.numbers.len == 2 && same(row.numbers.items[0], "1.5") && !row.numbers.items[1].ptr, "arrays of numeric");
	ok(row.tokens.len == 2 && row.tokens.items[1].b[0] == 2 && row.days.items[0].days == INT32_MIN &&
	       row.days.items[2].days == INT32_MAX && row.moments.items[1].us == INT64_MAX,
	   "arrays of uuid, date and timestamptz");
	ok(row.datas.len == 2 && strcmp(row.datas.items[0].ptr, "{}") == 0 && !row.datas.items[1].ptr &&
	       row.blobs.items[0].len == 1 && row.labels.len == 1,
	   "arrays of jsonb and bytea, a domain over an array");
	ok(!row.choice.ptr, "NULL where there is a default");
}

static void test_failures(void)
{
	app_form_new in = sample("first");
	app_form row;
	const lexo_error *error;
	is(app_form_insert(db, &in, arena, &row), LEXO_E_UNIQUE, "unique violation");
	error = lexo_err(db);
	ok(error->constraint == APP_K_FORM_CODE_KEY && strcmp(error->constraint_name, "form_code_key") == 0 &&
	       strcmp(error->table, "form") == 0 && strcmp(error->sqlstate, "23505") == 0 && *error->detail,
	   "the constraint is told");
	ok(row.id == 0, "the row is zero after a failure");
	in = sample("third");
	in.large = -1;
	is(app_form_insert(db, &in, NULL, NULL), LEXO_E_CHECK, "check violation");
	ok(lexo_err(db)->constraint == APP_K_POSITIVE, "the check is told");
	in = sample("third");
	in.digest.len = 3;
	is(app_form_insert(db, &in, NULL, NULL), LEXO_E_CHECK, "check of a domain");
	ok(lexo_err(db)->constraint == APP_K_DIGEST_LENGTH, "the domain's check is told");
	in = sample("third");
	in.code = (lexo_str){0};
	is(app_form_insert(db, &in, NULL, NULL), LEXO_E_NOT_NULL, "NULL in a NOT NULL column");
	ok(strcmp(lexo_err(db)->column, "code") == 0, "the column is told");
	in = sample("third");
	in.code = (lexo_str){"a\0b", 3};
	is(app_form_insert(db, &in, NULL, NULL), LEXO_E_MISUSE, "NUL in text");
	in = sample("third");
	in.mood = (app_mood)0;
	is(app_form_insert(db, &in, NULL, NULL), LEXO_E_MISUSE, "an enum that was not set");
	in.mood = (app_mood)99;
	is(app_form_insert(db, &in, NULL, NULL), LEXO_E_MISUSE, "no label");
	in = sample("third");
	in.number = LEXO_S("not a number");
	is(app_form_insert(db, &in, NULL, NULL), LEXO_E_MISUSE, "no number");
	in = sample("third");
	is(app_form_insert(db, &in, NULL, &row), LEXO_E_MISUSE, "rows need an arena");
	is(app_form_find(db, &(app_form_query){.order = (app_form_order)9999}, arena, &(app_forms){0}), LEXO_E_MISUSE,
	   "no such order");
}

static void test_update(void)
{
	app_form row;
	app_form_patch patch = {0};
	is(app_form_get_by_code(db, LEXO_S("second"), arena, &row), LEXO_OK, "the row to update");
	int64_t id = row.id;
	app_form_patch_medium(&patch, 5);
	app_form_patch_text_null(&patch, (lexo_str){0});
	app_form_patch_mood(&patch, APP_MOOD_HAPPY);
	app_form_patch_large_null(&patch, (lexo_opt_i64){0});
	app_form_patch_texts(&patch, (lexo_str_array){0});
	is(app_form_update(db, id, &patch, arena, &row), LEXO_OK, "update");
	ok(row.medium == 5 && row.doubled == 10 && !row.text_null.ptr && row.mood == APP_MOOD_HAPPY &&
	       !row.large_null.has && row.texts.items && !row.texts.len,
	   "what was set is written, NULL too");
	ok(row.mood_null == APP_MOOD_SAD && row.small_null.v == 3 && same(row.code, "second"), "the rest is as before");
	patch = (app_form_patch){0};
	is(app_form_update(db, id, &patch, arena, &row), LEXO_OK, "an empty patch reads");
	is(app_form_update(db, id, &patch, NULL, NULL), LEXO_OK, "an empty patch without a row");
	is(app_form_update(db, -1, &patch, NULL, NULL), LEXO_NOT_FOUND, "an empty patch of nothing");
	app_form_patch_code(&patch, LEXO_S("first"));
	is(app_form_update(db, id, &patch, NULL, NULL), LEXO_E_UNIQUE, "an update may clash");
	is(app_form_update(db, -1, &patch, NULL, NULL), LEXO_NOT_FOUND, "update of nothing");
	patch = (app_form_patch){.set = 1};
	is(app_form_update(db, id, &patch, NULL, NULL), LEXO_E_MISUSE, "the key is no column to set");
}

static void test_lists(void)
{
	app_form_new in;
	app_forms rows;
	char code[16];
	lexo_rc rc = LEXO_OK;
	for (int i = 0; i < 150 && rc == LEXO_OK; i++) {
		snprintf(code, sizeof code, "n%03d", i);
		in = sample(code);
		in.number = i % 2 ? LEXO_S("9") : LEXO_S("10");
		rc = app_form_insert(db, &in, NULL, NULL);
	}
	is(rc, LEXO_OK, "150 rows");
	is(app_form_find(db, NULL, arena, &rows), LEXO_OK, "find all, streamed");
	ok(rows.len == 152, "all are there");
	is(app_form_find(db, &(app_form_query){.order = APP_FORM_BY_CODE_DESC, .limit = 3, .offset = 1}, arena, &rows),
	   LEXO_OK, "find with order, limit and offset");
	ok(rows.len == 3 && same(rows.items[0].code, "n149") && same(rows.items[2].code, "n147"), "in that order");
	is(app_form_find(db, &(app_form_query){.order = APP_FORM_BY_NUMBER, .limit = 1}, arena, &rows), LEXO_OK,
	   "order by a column that travels as text");
	ok(rows.len == 1 && same(rows.items[0].number, "9.00"), "is by its value");
	is(app_form_find(db, &(app_form_query){.limit = 120, .offset = 100}, arena, &rows), LEXO_OK, "a long limit");
	ok(rows.len == 52, "the rest");
	is(app_form_find(db, &(app_form_query){.offset = 1000}, arena, &rows), LEXO_OK, "behind the end");
	ok(rows.len == 0 && !rows.items, "nothing");
	app_happys happy;
	is(app_happy_find(db, NULL, arena, &happy), LEXO_OK, "a view");
	ok(happy.len == 1 && same(happy.items[0].code, "second") && happy.items[0].n.v == 1, "has its rows");
}

static void test_keys(void)
{
	app_node_new root = {.tenant = 1, .name = LEXO_S("root"), .payload = LEXO_S("hush")};
	app_node_new leaf = {.tenant = 1, .name = LEXO_S("leaf"), .parent = LEXO_S("root"), .payload = LEXO_S("p2")};
	app_node row;
	app_nodes rows;
	is(app_node_insert(db, &root, NULL, NULL), LEXO_OK, "composite key: parent");
	is(app_node_insert(db, &leaf, arena, &row), LEXO_OK, "composite key: child");
	is(app_node_get(db, 1, LEXO_S("leaf"), arena, &row), LEXO_OK, "get by both columns");
	ok(same(row.parent, "root"), "the right one");
	is(app_node_list_by_parent(db, 1, LEXO_S("root"), 10, arena, &rows), LEXO_OK, "list by foreign key");
	ok(rows.len == 1 && same(rows.items[0].name, "leaf"), "has the child");
	is(app_node_delete(db, 1, LEXO_S("root")), LEXO_E_FOREIGN_KEY, "a parent stays");
	ok(lexo_err(db)->constraint == APP_K_NODE_PARENT, "by its foreign key");
	root.name = LEXO_S("other");
	is(app_node_insert(db, &root, NULL, NULL), LEXO_E_UNIQUE, "a secret that is taken");
	ok(!strstr(lexo_err(db)->detail, "hush") && !strstr(lexo_err(db)->message, "hush"), "is not told");
	is(app_node_delete(db, 1, LEXO_S("leaf")), LEXO_OK, "delete");
	is(app_node_delete(db, 1, LEXO_S("leaf")), LEXO_NOT_FOUND, "delete again");
	is(app_log_insert(db, &(app_log_new){.line = LEXO_S("x")}, NULL, NULL), LEXO_OK, "a model without a key");
}

static app_log_new line = {.line = {"y", 1}};
static int bodies;

static lexo_rc body_that_conflicts(lexo_db *handle, void *context)
{
	(void)context;
	bodies++;
	app_node row;
	app_node_patch patch = {0};
	lexo_rc rc = app_node_get(handle, 1, LEXO_S("root"), arena, &row);
	if (rc != LEXO_OK)
		return rc;
	app_node_patch_payload(&patch, bodies == 1 ? LEXO_S("from the other") : LEXO_S("mine"));
	if (bodies == 1 && app_node_update(other, 1, LEXO_S("root"), &patch, NULL, NULL) != LEXO_OK)
		return LEXO_E_SQL;
	app_node_patch_payload(&patch, LEXO_S("mine"));
	return app_node_update(handle, 1, LEXO_S("root"), &patch, NULL, NULL);
}

static size_t lines(void)
{
	app_logs rows = {0};
	return app_log_find(db, NULL, arena, &rows) == LEXO_OK ? rows.len : 0;
}

static void test_transactions(void)
{
	app_form_new taken = sample("first");
	app_form row;
	size_t before = lines();
	is(lexo_begin(db, 0), LEXO_OK, "begin");
	is(app_log_insert(db, &line, NULL, NULL), LEXO_OK, "insert inside");
	is(lexo_begin(db, LEXO_TX_READ_ONLY), LEXO_E_MISUSE, "flags are for the outermost");
	is(lexo_begin(db, 0), LEXO_OK, "savepoint");
	is(app_form_insert(db, &taken, NULL, NULL), LEXO_E_UNIQUE, "a failure inside");
	is(app_form_get_by_code(db, LEXO_S("first"), arena, &row), LEXO_E_SQL, "then everything is refused");
	is(lexo_commit(db), LEXO_E_UNIQUE, "commit tells the first failure");
	ok(lexo_err(db)->constraint == APP_K_FORM_CODE_KEY, "with its constraint");
	is(lexo_commit(db), LEXO_OK, "the outer level is not hurt");
	ok(lines() == before + 1, "its row is there");
	is(lexo_begin(db, 0), LEXO_OK, "begin again");
	is(app_log_insert(db, &line, NULL, NULL), LEXO_OK, "insert again");
	lexo_rollback(db);
	ok(lines() == before + 1, "rolled back");
	lexo_rollback(db);
	is(lexo_commit(db), LEXO_E_MISUSE, "nothing to commit");
	is(lexo_begin(db, LEXO_TX_READ_ONLY | LEXO_TX_SERIALIZABLE | LEXO_TX_DEFERRABLE), LEXO_OK, "read only");
	is(app_log_insert(db, &line, NULL, NULL), LEXO_E_SQL, "no writing there");
	lexo_rollback(db);
	is(lexo_transact(db, LEXO_TX_SERIALIZABLE, 3, body_that_conflicts, NULL), LEXO_OK, "a conflict is tried again");
	ok(bodies == 2, "once");
	bodies = 0;
	is(lexo_transact(db, LEXO_TX_SERIALIZABLE, 0, body_that_conflicts, NULL), LEXO_E_SERIALIZATION,
	   "without retries it is told");
}

int main(int argc, char **argv)
{
	lexo_options options = options_of(argc, argv, count_event);
	arena = lexo_arena_new(0);
	is(lexo_open(NULL, &options, &db), LEXO_OK, "connect");
	is(lexo_open(NULL, &options, &other), LEXO_OK, "connect again");
	test_required();
	test_optional();
	test_failures();
	test_update();
	test_lists();
	test_keys();
	test_transactions();
	ok(events > 100, "every query was announced");
	app_mood mood = APP_MOOD_SAD;
	ok(app_mood_parse(LEXO_S("so so"), &mood) && mood == APP_MOOD_SO_SO && !app_mood_parse(LEXO_S("SAD"), &mood) &&
	       strcmp(app_mood_label(APP_MOOD_HAPPY), "happy") == 0 && strcmp(app_mood_label((app_mood)0), "") == 0,
	   "labels as text");
	lexo_close(db);
	lexo_close(other);
	lexo_arena_free(arena);
	return failures > 0;
}
