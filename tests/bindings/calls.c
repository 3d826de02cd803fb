/* Every kind of generated function, called once each.
 * SPDX-License-Identifier: Apache-2.0 */
#include "calls.h"

#include <stdatomic.h>

#include "tap.h"

static app_item kept; /* a row that is there */
static app_volume volume;
static const lexo_str code = {"every", 5};

/* --- the functions --------------------------------------------------------------------------------------------------
 */

static lexo_rc insert(lexo_db *handle, lexo_arena *rows)
{
	app_shelf shelf;
	char name[] = "every shelf 00000000";
	static atomic_uint number;
	for (unsigned i = atomic_fetch_add(&number, 1) + 1, at = sizeof name - 2; i; i /= 10, at--)
		name[at] = (char)('0' + i % 10);
	return app_shelf_insert(handle, &(app_shelf_new){.name = lexo_cstr(name)}, rows, &shelf);
}
static lexo_rc insert_many(lexo_db *handle, lexo_arena *rows)
{
	static const app_volume_new in[3] = {{.title = {"a", 1}}, {.title = {"b", 1}}, {.title = {"c", 1}}};
	app_volumes out;
	return app_volume_insert_many(handle, in, 3, rows, &out);
}
static lexo_rc get(lexo_db *handle, lexo_arena *rows)
{
	app_item item;
	return app_item_get(handle, kept.id, rows, &item);
}
static lexo_rc get_by(lexo_db *handle, lexo_arena *rows)
{
	app_item item;
	return app_item_get_by_code(handle, code, rows, &item);
}
static lexo_rc get_many(lexo_db *handle, lexo_arena *rows)
{
	app_item *found[2];
	const int64_t ids[] = {kept.id, -1};
	return app_item_get_many(handle, ids, 2, rows, found);
}
static lexo_rc update(lexo_db *handle, lexo_arena *rows)
{
	app_item_patch patch = {0};
	app_item item;
	app_item_patch_mood(&patch, APP_MOOD_SAD);
	return app_item_update(handle, kept.id, &patch, rows, &item);
}
static lexo_rc delete (lexo_db *handle, lexo_arena *rows)
{
	(void)rows;
	lexo_rc rc = app_volume_delete(handle, -1);
	return rc == LEXO_NOT_FOUND ? LEXO_OK : rc;
}
static lexo_rc upsert(lexo_db *handle, lexo_arena *rows)
{
	app_contact contact;
	bool is_new;
	return app_contact_upsert(handle, &(app_contact_new){.email = LEXO_S("every@one")}, 0, rows, &contact, &is_new);
}
static lexo_rc list(lexo_db *handle, lexo_arena *rows)
{
	app_volumes out;
	return app_volume_list_by_shelf(handle, volume.shelf_id.v, 0, rows, &out);
}
static lexo_rc find(lexo_db *handle, lexo_arena *rows)
{
	static const int64_t ids[] = {1, 2, 3};
	const app_item_where where[] = {app_item_where_code_eq(code), app_item_where_id_in(ids, 3)};
	const app_item_where any[] = {app_item_where_any_of(where, 2)};
	app_items out;
	return app_item_find(handle, &(app_item_query){LEXO_WHERE(any), .order = APP_ITEM_BY_CODE, .after = &kept},
			     rows, &out);
}
static lexo_rc find_one(lexo_db *handle, lexo_arena *rows)
{
	app_item item;
	return app_item_find_one(handle, NULL, rows, &item);
}
static lexo_rc count(lexo_db *handle, lexo_arena *rows)
{
	int64_t number;
	(void)rows;
	return app_item_count(handle, &(app_item_query){.limit = 5}, &number);
}
static lexo_rc update_where(lexo_db *handle, lexo_arena *rows)
{
	const app_item_where where[] = {app_item_where_code_eq(code)};
	app_item_patch patch = {0};
	(void)rows;
	app_item_patch_mood(&patch, APP_MOOD_HAPPY);
	return app_item_update_where(handle, &(app_item_query){LEXO_WHERE(where)}, &patch, NULL);
}
static lexo_rc delete_where(lexo_db *handle, lexo_arena *rows)
{
	const app_item_where where[] = {app_item_where_code_eq(LEXO_S("nobody"))};
	(void)rows;
	return app_item_delete_where(handle, &(app_item_query){LEXO_WHERE(where)}, NULL);
}
static lexo_rc stream(lexo_db *handle, lexo_arena *rows)
{
	app_item_stream *open;
	const app_item *row;
	(void)rows;
	lexo_rc rc = app_item_stream_open(handle, &(app_item_query){.limit = 20}, &open);
	while (rc == LEXO_OK || rc == LEXO_ROW)
		rc = app_item_stream_next(open, &row);
	app_item_stream_close(open);
	return rc == LEXO_DONE ? LEXO_OK : rc;
}
static lexo_rc copy(lexo_db *handle, lexo_arena *rows)
{
	static const lexo_str tags[] = {{"x", 1}};
	app_item_copy *open;
	(void)rows;
	lexo_rc rc = app_item_copy_begin(handle, &open);
	if (rc != LEXO_OK)
		return rc;
	rc = app_item_copy_row(open, &(app_item_new){.tags = {tags, 1, NULL}});
	lexo_rc end = app_item_copy_end(open, NULL);
	return rc != LEXO_OK ? rc : end;
}
static lexo_rc load_many(lexo_db *handle, lexo_arena *rows)
{
	const app_shelf shelf = {.id = volume.shelf_id.v};
	app_volumes out;
	return app_shelf_load_volumes(handle, &shelf, 1, &(app_volume_query){.limit = 1}, rows, &out);
}
static lexo_rc load_one(lexo_db *handle, lexo_arena *rows)
{
	const app_shelf *shelf;
	return app_volume_load_shelf(handle, &volume, 1, rows, &shelf);
}
static lexo_rc query_one(lexo_db *handle, lexo_arena *rows)
{
	app_item item;
	return app_item_by_code(handle, code, rows, &item);
}
static lexo_rc query_many(lexo_db *handle, lexo_arena *rows)
{
	app_items_of_rows out;
	return app_items_of(handle, &(app_items_of_args){0}, rows, &out);
}
static lexo_rc query_rows(lexo_db *handle, lexo_arena *rows)
{
	(void)rows;
	return app_forget(handle, (lexo_str_array){NULL, 0, NULL}, NULL);
}
static lexo_rc query_each(lexo_db *handle, lexo_arena *rows)
{
	app_numbers_stream *open;
	const app_numbers_row *row;
	(void)rows;
	lexo_rc rc = app_numbers_open(handle, &(app_numbers_args){1, 5}, &open);
	while (rc == LEXO_OK || rc == LEXO_ROW)
		rc = app_numbers_next(open, &row);
	app_numbers_close(open);
	return rc == LEXO_DONE ? LEXO_OK : rc;
}

static lexo_rc batch(lexo_db *handle, lexo_arena *rows)
{
	app_item item;
	app_volumes volumes;
	lexo_rc rc = lexo_batch_begin(handle);
	if (rc != LEXO_OK)
		return rc;
	rc = app_item_get(handle, kept.id, rows, &item);
	if (rc == LEXO_QUEUED)
		rc = app_volume_list_by_shelf(handle, volume.shelf_id.v, 0, rows, &volumes);
	if (rc == LEXO_QUEUED)
		return lexo_batch_run(handle);
	lexo_batch_drop(handle);
	return rc;
}

static lexo_rc composite(lexo_db *handle, lexo_arena *rows)
{
	static const app_spot spots[] = {{.label = {"a", 1}}, {.x = {true, 1}, .weight = {"1.5", 3}}};
	static const bool nulls[] = {true, false};
	static const lexo_i32_range free[] = {{.lower = {true, 1}, .upper = {true, 4}, .lower_inc = true}};
	app_parcel_new in = {.spot = {.label = {"every", 5}, .mood = APP_MOOD_SAD}, .weight = {"12.345", 6}};
	app_parcel parcel;
	bool is_new;
	in.trail = (app_trail_opt){true, {.start = {true, spots[1]}, .spots = {spots, 2, nulls}}};
	in.free = (lexo_i32_range_array){free, 1, NULL};
	return app_parcel_upsert_by_spot(handle, &in, 0, rows, &parcel, &is_new);
}

static lexo_rc notify(lexo_db *handle, lexo_arena *rows)
{
	lexo_notification heard;
	lexo_rc rc = lexo_listen(handle, LEXO_S("every \"channel"));
	if (rc == LEXO_OK)
		rc = lexo_notify(handle, LEXO_S("every \"channel"), LEXO_S("'payload'"));
	if (rc == LEXO_OK)
		rc = lexo_wait(handle, 10000, rows, &heard);
	if (rc == LEXO_ROW)
		rc = lexo_unlisten(handle, (lexo_str){NULL, 0});
	return rc;
}

const struct call calls[] = {
    {"insert", insert},
    {"insert_many", insert_many},
    {"get", get},
    {"get_by", get_by},
    {"get_many", get_many},
    {"update", update},
    {"delete", delete},
    {"upsert", upsert},
    {"list", list},
    {"find", find},
    {"find_one", find_one},
    {"count", count},
    {"update_where", update_where},
    {"delete_where", delete_where},
    {"stream", stream},
    {"copy", copy},
    {"load_many", load_many},
    {"load_one", load_one},
    {"a query for one", query_one},
    {"a query for many", query_many},
    {"a query that changes", query_rows},
    {"a query for each", query_each},
    {"a batch", batch},
    {"composites", composite},
    {"notify", notify},
};
const size_t call_count = sizeof calls / sizeof *calls;

bool calls_begin(void)
{
	static const lexo_str tags[] = {{"t", 1}};
	app_shelf shelf;
	if (app_item_insert(db, &(app_item_new){.code = code, .tags = {tags, 1, NULL}}, arena, &kept) != LEXO_OK ||
	    app_shelf_insert(db, &(app_shelf_new){.name = LEXO_S("every shelf")}, arena, &shelf) != LEXO_OK)
		return false;
	const app_volume_new in = {.title = LEXO_S("every volume"), .shelf_id = {true, shelf.id}};
	return app_volume_insert(db, &in, arena, &volume) == LEXO_OK;
}
