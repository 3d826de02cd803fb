/* Composite types, multiranges and numbers of any length against a server: prints TAP.  The database has the tables of
 * named.lexo.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app_models.h"
#include "tap.h"

static const app_mood moods[] = {APP_MOOD_HAPPY, (app_mood)0};
static const app_spot here = {.x = {true, 7},
			      .label = {"(,\" \\ ')", 8},
			      .mood = APP_MOOD_SO_SO,
			      .moods = {moods, 2, NULL},
			      .weight = {"0.50", 4}};
static const app_spot spots[] = {{.x = {true, 1}}, {.label = {"", 0}}, {.mood = APP_MOOD_SAD}};
static const bool nulls[] = {false, true, false};
static app_parcel kept;

static bool is_here(const app_spot *spot)
{
	return spot->x.has && spot->x.v == 7 && same(spot->label, "(,\" \\ ')") && spot->mood == APP_MOOD_SO_SO &&
	       spot->moods.len == 2 && spot->moods.items[0] == APP_MOOD_HAPPY && spot->moods.items[1] == 0 &&
	       same(spot->weight, "0.50");
}

static bool is_trail(const app_trail *trail)
{
	return trail->start.has && is_here(&trail->start.v) && trail->spots.len == 3 && trail->spots.nulls &&
	       !trail->spots.nulls[0] && trail->spots.nulls[1] && trail->spots.items[0].x.v == 1 &&
	       trail->spots.items[2].mood == APP_MOOD_SAD && !trail->spots.items[2].label.ptr;
}

static void test_store(void)
{
	static const lexo_ts_range slots[] = {{{false, {0}}, {true, {0}}, false, false, false},
					      {{true, {1000000}}, {true, {INT64_MAX}}, true, true, false}};
	static const lexo_num_range tariffs[] = {{{NULL, 0}, {"0.10", 4}, false, false, false},
						 {{"7", 1}, {"7.50", 4}, true, true, false}};
	static const lexo_str weights[] = {{"1e3", 3}, {NULL, 0}, {"NaN", 3}, {"-000.1200", 9}};
	const app_trail trail = {{true, here}, {spots, 3, nulls}}, trails[] = {{.start = {.has = false}}, trail};
	app_parcel_new in = {.spot = here, .weight = LEXO_S(" 12.3456 ")};
	is(app_parcel_insert(db, &in, arena, &kept), LEXO_OK, "what must be there");
	ok(is_here(&kept.spot), "all members come back");
	ok(!kept.origin.has && !kept.trail.has && !kept.trails.items && !kept.slots.items && !kept.weights.items,
	   "NULL is NULL");
	ok(kept.free.len == 2 && kept.free.items[1].lower.v == 7, "a default of several ranges");
	ok(same(kept.weight, "12.346"), "the server rounds a number");
	app_parcel_patch patch = {0};
	app_parcel_patch_origin(&patch, (app_spot_opt){true, {.x = {false, 0}}});
	app_parcel_patch_trail(&patch, (app_trail_opt){true, trail});
	app_parcel_patch_trails(&patch, (app_trail_array){trails, 2, NULL});
	app_parcel_patch_slots(&patch, (lexo_ts_range_array){slots, 2, NULL});
	app_parcel_patch_free(&patch, (lexo_i32_range_array){(const lexo_i32_range *)"", 0, NULL});
	app_parcel_patch_weights(&patch, (lexo_str_array){weights, 4, NULL});
	app_parcel_patch_tariffs(&patch, (lexo_num_range_array){tariffs, 2, NULL});
	is(app_parcel_update(db, kept.id, &patch, arena, &kept), LEXO_OK, "the rest");
	ok(kept.origin.has && !kept.origin.v.x.has && !kept.origin.v.label.ptr, "a value of nothing but NULL is one");
	ok(kept.trail.has && is_trail(&kept.trail.v), "values in values, and arrays of them");
	ok(kept.trails.len == 2 && !kept.trails.items[0].start.has && is_trail(&kept.trails.items[1]), "both ways");
	ok(kept.slots.len == 2 && !kept.slots.items[0].lower.has && kept.slots.items[1].upper.v.us == INT64_MAX,
	   "several ranges");
	ok(kept.free.items && kept.free.len == 0, "no range is not NULL");
	ok(kept.tariffs.len == 2 && !kept.tariffs.items[0].lower.ptr && same(kept.tariffs.items[0].upper, "0.10") &&
	       same(kept.tariffs.items[1].upper, "7.50") && kept.tariffs.items[1].upper_inc,
	   "several ranges of numbers");
	ok(kept.weights.len == 4 && same(kept.weights.items[0], "1000") && !kept.weights.items[1].ptr &&
	       same(kept.weights.items[2], "NaN") && same(kept.weights.items[3], "-0.1200"),
	   "numbers as PostgreSQL has them");
}

static size_t found(app_parcel_where where)
{
	app_parcels rows = {0};
	return app_parcel_find(db, &(app_parcel_query){.where = &where, .where_count = 1}, arena, &rows) == LEXO_OK
		   ? rows.len
		   : 99;
}

static void test_find(void)
{
	static const lexo_ts_range past = {{false, {0}}, {true, {-5}}, false, false, false};
	static const lexo_str many[] = {{"12.346", 6}, {"0", 1}};
	app_parcel row;
	is(app_parcel_get_by_spot(db, here, arena, &row), LEXO_OK, "a key to look up by");
	ok(row.id == kept.id, "and the row");
	app_spot other = here;
	other.x.v++;
	is(app_parcel_get_by_spot(db, other, arena, &row), LEXO_NOT_FOUND, "another is not there");
	ok(found(app_parcel_where_slots_overlaps((lexo_ts_range_array){&past, 1, NULL})) == 1, "ranges overlap");
	ok(found(app_parcel_where_slots_holds((lexo_ts){500000})) == 0, "a time between");
	ok(found(app_parcel_where_slots_holds((lexo_ts){2000000})) == 1, "a time within");
	ok(found(app_parcel_where_tariffs_holds(LEXO_S("7.25"))) == 1, "a number within");
	ok(found(app_parcel_where_tariffs_holds(LEXO_S("0.1"))) == 0, "a number outside");
	ok(found(app_parcel_where_trail_is_not_null()) == 1, "a value that is there");
	ok(found(app_parcel_where_weight_gt(LEXO_S("12.3459999"))) == 1, "more than a number");
	ok(found(app_parcel_where_weight_in(many, 2)) == 1, "one of these numbers");
	ok(found(app_parcel_where_weight_lt(LEXO_S("Infinity"))) == 1, "less than infinity");
	ok(found(app_parcel_where_weight_eq(LEXO_S("12,3"))) == 99 && lexo_err(db)->rc == LEXO_E_MISUSE, "no number");
}

static void test_queries(void)
{
	const app_trail none[] = {{.start = {.has = false}}};
	app_parcels_at_args args = {.spot = here};
	app_parcels_at_rows rows;
	is(app_parcels_at(db, &args, arena, &rows), LEXO_OK, "a query by one");
	ok(rows.len == 1 && is_here(&rows.items[0].spot) && is_trail(&rows.items[0].trails.items[1]) &&
	       rows.items[0].slots.len == 2 && same(rows.items[0].double_, "24.692"),
	   "gives them");
	args.trails = (app_trail_array){none, 1, NULL};
	args.least = LEXO_S("100");
	is(app_parcels_at(db, &args, arena, &rows), LEXO_OK, "with other arguments");
	ok(rows.len == 0, "gives none");
}

static void test_many(void)
{
	enum { MANY = 250 };
	app_parcel_new in[MANY];
	app_parcels rows;
	app_parcel_copy *copy;
	app_parcel_stream *stream;
	const app_parcel *row;
	int64_t count = 0;
	size_t streamed = 0;
	for (int i = 0; i < MANY; i++)
		in[i] = (app_parcel_new){.spot = {.x = {true, 100 + i}}, .weight = LEXO_S("1")};
	is(app_parcel_insert_many(db, in, MANY, arena, &rows), LEXO_OK, "many in one statement");
	ok(rows.len == MANY && rows.items[MANY - 1].spot.x.v == 99 + MANY, "all of them");
	for (int i = 0; i < MANY; i++) {
		in[i].spot = here;
		in[i].spot.x.v = 1000 + i;
		in[i].trail = (app_trail_opt){true, {{true, here}, {spots, 3, nulls}}};
	}
	is(app_parcel_copy_begin(db, &copy), LEXO_OK, "a copy");
	for (int i = 0; i < MANY; i++)
		if (app_parcel_copy_row(copy, &in[i]) != LEXO_OK)
			break;
	is(app_parcel_copy_end(copy, &count), LEXO_OK, "of as many");
	ok(count == MANY, "stored");
	const app_parcel_where where[] = {app_parcel_where_trails_is_null(), app_parcel_where_trail_is_not_null()};
	lexo_rc rc = app_parcel_stream_open(db, &(app_parcel_query){LEXO_WHERE(where)}, &stream);
	while (rc == LEXO_OK || rc == LEXO_ROW) {
		rc = app_parcel_stream_next(stream, &row);
		if (rc == LEXO_ROW && row->spot.x.v >= 1000 && is_trail(&row->trail.v))
			streamed++;
	}
	app_parcel_stream_close(stream);
	is(rc, LEXO_DONE, "a stream of them");
	ok(streamed == MANY, "all of them, whole");
}

/* Keys are compared by their type, not as records of any. */
static void test_keys(void)
{
	static const app_spot keys[] = {{.x = {true, 1}}, {.x = {true, 2}}, {.x = {true, 9}}};
	app_site *found_sites[3], row;
	app_sites page;
	for (int i = 0; i < 2; i++)
		is(app_site_insert(db, &(app_site_new){.spot = keys[i], .name = LEXO_S("site")}, NULL, NULL), LEXO_OK,
		   "a site");
	is(app_site_get_many(db, keys, 3, arena, found_sites), LEXO_OK, "several by their keys");
	ok(found_sites[0] && found_sites[1] && found_sites[1]->spot.x.v == 2 && !found_sites[2],
	   "those that are there");
	is(app_site_find_one(db, &(app_site_query){.order = APP_SITE_BY_NAME}, arena, &row), LEXO_OK, "the first");
	is(app_site_find(db, &(app_site_query){.order = APP_SITE_BY_NAME, .after = &row}, arena, &page), LEXO_OK,
	   "the page behind it");
	ok(page.len == 1 && page.items[0].spot.x.v == 2, "has the other");
	is(app_site_delete(db, keys[0]), LEXO_OK, "gone");
	is(app_site_delete(db, keys[1]), LEXO_OK, "gone");
}

static void test_refused(void)
{
	app_parcel_new in = {.spot = here, .weight = LEXO_S("heavy")};
	is(app_parcel_insert(db, &in, NULL, NULL), LEXO_E_MISUSE, "no number");
	ok(strcmp(lexo_err(db)->column, "weight") == 0, "of which column");
	in.weight = LEXO_S("1e200000");
	is(app_parcel_insert(db, &in, NULL, NULL), LEXO_E_MISUSE, "too large for any");
	in.weight = LEXO_S("123456789");
	is(app_parcel_insert(db, &in, NULL, NULL), LEXO_E_SQL, "too large for the column");
	in.weight = LEXO_S("1");
	in.spot.mood = (app_mood)99;
	is(app_parcel_insert(db, &in, NULL, NULL), LEXO_E_MISUSE, "a member that is no label");
	in.spot = here;
	is(app_parcel_insert(db, &in, NULL, NULL), LEXO_E_UNIQUE, "a value that is there already");
	ok(lexo_err(db)->constraint == APP_K_PARCEL_SPOT_KEY, "by the constraint");
}

int main(int argc, char **argv)
{
	lexo_options options = options_of(argc, argv, NULL);
	arena = lexo_arena_new(0);
	is(lexo_open("", &options, &db), LEXO_OK, "connect");
	test_store();
	test_find();
	test_queries();
	test_many();
	test_keys();
	test_refused();
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
