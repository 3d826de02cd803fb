/* Times of day, intervals, addresses and ranges against a server: prints TAP.  The database has the tables of
 * forms.lexo.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app_models.h"
#include "tap.h"

static const lexo_ts_range may = {{true, {1746057600000000}}, {true, {1748736000000000}}, true, false, false};
static app_booking kept;

static void test_defaults(void)
{
	app_booking row;
	is(app_booking_insert(db, &(app_booking_new){.period = may}, arena, &kept), LEXO_OK, "a range alone");
	ok(kept.period.lower.has && kept.period.lower.v.us == may.lower.v.us && kept.period.lower_inc &&
	       !kept.period.upper_inc && !kept.period.is_empty,
	   "comes back");
	ok(kept.opens.us == 9 * INT64_C(3600000000) && kept.length.us == INT64_C(3600000000), "defaults are read");
	ok(!kept.nights.has && !kept.host.has && !kept.breaks.items, "NULL is NULL");
	is(app_booking_insert(db, &(app_booking_new){.period = {{false, {0}}, {false, {0}}, false, false, false}},
			      arena, &row),
	   LEXO_OK, "a range of everything");
	ok(!row.period.lower.has && !row.period.upper.has && !row.period.is_empty, "is {0}");
	is(app_booking_get_by_period(db, row.period, arena, &row), LEXO_OK, "and a key to look up by");
	is(app_booking_delete(db, row.id), LEXO_OK, "gone");
	is(app_booking_insert(db, &(app_booking_new){.period = {.is_empty = true}}, arena, &row), LEXO_OK,
	   "an empty range");
	ok(row.period.is_empty && !row.period.lower.has, "is empty");
	is(app_booking_delete(db, row.id), LEXO_OK, "gone");
}

static void test_values(void)
{
	static const lexo_time breaks[] = {{0}, {INT64_C(86400000000)}, {1}};
	static const bool nulls[] = {false, false, true};
	const lexo_i32_range spans[] = {{{true, 1}, {true, 5}, true, true, false}, {.is_empty = true}};
	app_booking_patch patch = {0};
	lexo_inet host, net;
	app_booking row;
	is(lexo_inet_parse(LEXO_S("2001:db8::7/64"), &host), LEXO_OK, "an address");
	is(lexo_inet_parse(LEXO_S("192.0.2.0/24"), &net), LEXO_OK, "a network");
	app_booking_patch_nights(&patch, (lexo_opt_i32_range){true, {{true, 1}, {true, 3}, true, true, false}});
	app_booking_patch_length(&patch, (lexo_interval){-1, 2, -3});
	app_booking_patch_host(&patch, (lexo_opt_inet){true, host});
	app_booking_patch_net(&patch, (lexo_opt_inet){true, net});
	app_booking_patch_breaks(&patch, (lexo_time_array){breaks, 3, nulls});
	app_booking_patch_spans(&patch, (lexo_i32_range_array){spans, 2, NULL});
	is(app_booking_update(db, kept.id, &patch, arena, &row), LEXO_OK, "all of them");
	ok(row.nights.has && row.nights.v.lower.v == 1 && row.nights.v.upper.v == 4 && row.nights.v.lower_inc &&
	       !row.nights.v.upper_inc,
	   "whole numbers are given as [lower, upper)");
	ok(row.length.us == -1 && row.length.days == 2 && row.length.months == -3, "an interval keeps its parts");
	ok(row.host.has && row.host.v.family == 6 && row.host.v.bits == 64 && !row.host.v.is_network &&
	       memcmp(row.host.v.addr, host.addr, 16) == 0,
	   "an address");
	ok(row.net.has && row.net.v.family == 4 && row.net.v.bits == 24 && row.net.v.is_network, "a network");
	ok(row.breaks.len == 3 && row.breaks.items[1].us == INT64_C(86400000000) && row.breaks.nulls[2],
	   "times, and NULL");
	ok(row.spans.len == 2 && row.spans.items[0].upper.v == 6 && row.spans.items[1].is_empty, "ranges in an array");
	app_booking_patch bad = {0};
	app_booking_patch_opens(&bad, (lexo_time){-1});
	is(app_booking_update(db, kept.id, &bad, NULL, NULL), LEXO_E_MISUSE, "no time of day");
	bad = (app_booking_patch){0};
	app_booking_patch_host(&bad, (lexo_opt_inet){true, {.family = 5}});
	is(app_booking_update(db, kept.id, &bad, NULL, NULL), LEXO_E_MISUSE, "no family of addresses");
	bad = (app_booking_patch){0};
	app_booking_patch_nights(&bad, (lexo_opt_i32_range){true, {{true, 5}, {true, 1}, true, true, false}});
	is(app_booking_update(db, kept.id, &bad, NULL, NULL), LEXO_E_SQL,
	   "bounds the wrong way round are the server's business");
}

static int64_t found(app_booking_where where)
{
	int64_t count = -1;
	const app_booking_query query = {.where = &where, .where_count = 1};
	return app_booking_count(db, &query, &count) == LEXO_OK ? count : -1;
}

static void test_predicates(void)
{
	const lexo_i32_range two = {{true, 2}, {true, 2}, true, true, false},
			     far = {{true, 90}, {false, 0}, true, false, false};
	const lexo_i64_range any = {{false, 0}, {false, 0}, false, false, false};
	const lexo_time clocks[] = {{INT64_C(32400000000)}, {5}};
	ok(found(app_booking_where_period_holds((lexo_ts){may.lower.v.us})) == 1, "a time within");
	ok(found(app_booking_where_period_holds((lexo_ts){may.upper.v.us})) == 0, "a time behind");
	ok(found(app_booking_where_period_eq(may)) == 1 && found(app_booking_where_period_ne(may)) == 0, "equal");
	ok(found(app_booking_where_nights_contains(two)) == 1 && found(app_booking_where_nights_contains(far)) == 0,
	   "contains");
	ok(found(app_booking_where_nights_contained_by((lexo_i32_range){.lower = {true, 0}})) == 1, "contained");
	ok(found(app_booking_where_nights_overlaps(two)) == 1 && found(app_booking_where_nights_overlaps(far)) == 0,
	   "overlaps");
	ok(found(app_booking_where_nights_holds(3)) == 1 && found(app_booking_where_nights_holds(4)) == 0, "holds");
	ok(found(app_booking_where_large_overlaps(any)) == 0 && found(app_booking_where_large_is_null()) == 1,
	   "NULL holds nothing");
	ok(found(app_booking_where_days_holds((lexo_date){0})) == 0, "nor days");
	ok(found(app_booking_where_opens_ge((lexo_time){1})) == 1 &&
	       found(app_booking_where_opens_lt((lexo_time){1})) == 0 &&
	       found(app_booking_where_opens_in(clocks, 2)) == 1,
	   "times of day in their order");
	ok(found(app_booking_where_length_lt((lexo_interval){0, 0, 0})) == 1, "intervals, too");
	ok(found(app_booking_where_host_gt((lexo_inet){.family = 4, .bits = 32})) == 1, "and addresses");
}

static void test_numbers(void)
{
	const lexo_num_range price = {LEXO_S("9.90"), LEXO_S("12.500"), true, true, false},
			     from = {.lower = LEXO_S("1e2"), .lower_inc = true};
	app_booking_patch patch = {0};
	app_booking row;
	app_booking_patch_price(&patch, (lexo_opt_num_range){true, price});
	is(app_booking_update(db, kept.id, &patch, arena, &row), LEXO_OK, "a range of numbers");
	ok(row.price.has && same(row.price.v.lower, "9.90") && same(row.price.v.upper, "12.500") &&
	       row.price.v.lower_inc && row.price.v.upper_inc && !row.price.v.is_empty,
	   "keeps every digit");
	ok(found(app_booking_where_price_holds(LEXO_S("9.9"))) == 1 &&
	       found(app_booking_where_price_holds(LEXO_S("12.5001"))) == 0,
	   "holds numbers");
	ok(found(app_booking_where_price_overlaps(from)) == 0 && found(app_booking_where_price_eq(price)) == 1,
	   "overlaps, is equal");
	is(app_booking_count(
	       db,
	       &(app_booking_query){.where = (app_booking_where[]){app_booking_where_price_holds((lexo_str){0})},
				    .where_count = 1},
	       &(int64_t){0}),
	   LEXO_E_MISUSE, "NULL is in no range");
	patch = (app_booking_patch){0};
	app_booking_patch_price(&patch, (lexo_opt_num_range){true, from});
	is(app_booking_update(db, kept.id, &patch, arena, &row), LEXO_OK, "without an end");
	ok(same(row.price.v.lower, "100") && !row.price.v.upper.ptr && row.price.v.lower_inc, "has none");
	patch = (app_booking_patch){0};
	app_booking_patch_price(&patch, (lexo_opt_num_range){true, {.upper = LEXO_S("many")}});
	is(app_booking_update(db, kept.id, &patch, NULL, NULL), LEXO_E_MISUSE, "no number");
}

int main(int argc, char **argv)
{
	lexo_options options = options_of(argc, argv, NULL);
	arena = lexo_arena_new(0);
	is(lexo_open("", &options, &db), LEXO_OK, "connect");
	test_defaults();
	test_values();
	test_predicates();
	test_numbers();
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
