/* Optimistic locking against a server: prints TAP.  The database has the tables of forms.lexo.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "app_models.h"
#include "tap.h"

static app_counted row;

static app_counted_patch patch_of(int32_t version, const char *note)
{
	app_counted_patch patch = {0};
	app_counted_patch_version(&patch, version);
	if (note)
		app_counted_patch_note(&patch, lexo_cstr(note));
	return patch;
}

static void test_update(void)
{
	app_counted other;
	app_counted_patch patch = patch_of(1, "first");
	is(app_counted_update(db, row.id, &patch, arena, &other), LEXO_OK, "the version that there is");
	ok(other.version == 2 && same(other.note, "first"), "is counted up");
	memset(&other, 1, sizeof other);
	is(app_counted_update(db, row.id, &patch, arena, &other), LEXO_STALE, "the same version again");
	ok(!other.id && !other.note.ptr, "then there is no row");
	is(app_counted_get(db, row.id, arena, &other), LEXO_OK, "the row");
	ok(other.version == 2 && same(other.note, "first"), "is as it was");
	patch = patch_of(2, "second");
	is(app_counted_update(db, row.id, &patch, NULL, NULL), LEXO_OK, "nobody wants the row");
	is(app_counted_update(db, row.id, &patch, NULL, NULL), LEXO_STALE, "and is told all the same");
	is(app_counted_update(db, -1, &patch, NULL, NULL), LEXO_NOT_FOUND, "no such row");
	patch = patch_of(3, NULL);
	is(app_counted_update(db, row.id, &patch, arena, &other), LEXO_OK, "nothing but a version");
	ok(other.version == 4 && same(other.note, "second"), "counts, too");
	app_counted_patch blind = {0};
	app_counted_patch_note(&blind, LEXO_S("blind"));
	is(app_counted_update(db, row.id, &blind, arena, &other), LEXO_E_MISUSE, "no version");
	ok(strcmp(lexo_err(db)->column, "version") == 0, "is called by its name");
}

static void test_others(void)
{
	const app_counted_where where[] = {app_counted_where_id_eq(row.id)};
	const app_counted_query mine = {LEXO_WHERE(where)};
	app_counted_patch blind = {0};
	app_counted other;
	int64_t count;
	bool is_new;
	app_counted_patch_note(&blind, LEXO_S("where"));
	is(app_counted_update_where(db, &mine, &blind, &count), LEXO_OK, "by predicates");
	is(app_counted_get(db, row.id, arena, &other), LEXO_OK, "the row");
	ok(count == 1 && other.version == 5 && same(other.note, "where"), "has one change more");
	app_counted_patch patch = patch_of(5, "x");
	is(app_counted_update_where(db, &mine, &patch, &count), LEXO_E_MISUSE, "predicates and a version");
	app_counted_new in = {.name = LEXO_S("counted"), .note = LEXO_S("upsert")};
	is(app_counted_upsert_by_name(db, &in, 0, arena, &other, &is_new), LEXO_OK, "an upsert");
	ok(!is_new && other.version == 6 && same(other.note, "upsert"), "counts");
	is(app_counted_upsert_by_name(db, &in, APP_COUNTED_NOTE, arena, &other, &is_new), LEXO_OK, "of one column");
	ok(other.version == 7, "counts");
	in.name = LEXO_S("counted too");
	is(app_counted_upsert_by_name(db, &in, 0, arena, &other, &is_new), LEXO_OK, "a new row");
	ok(is_new && other.version == 1, "begins with one");
	is(app_counted_delete(db, other.id), LEXO_OK, "goes without a version");
}

int main(int argc, char **argv)
{
	lexo_options options = options_of(argc, argv, NULL);
	arena = lexo_arena_new(0);
	is(lexo_open("", &options, &db), LEXO_OK, "connect");
	is(app_counted_insert(db, &(app_counted_new){.name = LEXO_S("counted")}, arena, &row), LEXO_OK, "a row");
	ok(row.version == 1, "begins with one");
	test_update();
	test_others();
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
