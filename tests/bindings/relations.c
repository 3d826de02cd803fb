/* Relations against a server: prints TAP.  The database has the tables of forms.lexo.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "app_models.h"
#include "tap.h"

enum { SHELVES = 5, VOLUMES = 60 };

static app_shelfs shelves;
static app_volumes volumes;

/* Volume i is on shelf i mod 6, the sixth of which is none; labels and predecessors of some. */
static void store(void)
{
	app_shelf_new new_shelves[SHELVES];
	app_volume_new new_volumes[VOLUMES];
	static char names[SHELVES][16], titles[VOLUMES][16];
	memset(new_shelves, 0, sizeof new_shelves);
	memset(new_volumes, 0, sizeof new_volumes);
	for (int i = 0; i < SHELVES; i++) {
		snprintf(names[i], sizeof names[i], "shelf %d", i);
		new_shelves[i].name = lexo_cstr(names[i]);
	}
	is(app_shelf_insert_many(db, new_shelves, SHELVES, arena, &shelves), LEXO_OK, "shelves are stored");
	for (int i = 0; i < VOLUMES; i++) {
		snprintf(titles[i], sizeof titles[i], "volume %02d", VOLUMES - i);
		new_volumes[i].title = lexo_cstr(titles[i]);
		if (i % 6 < SHELVES)
			new_volumes[i].shelf_id = (lexo_opt_i64){true, shelves.items[i % 6].id};
		if (i % 4 == 0)
			new_volumes[i].label = lexo_cstr(names[i % SHELVES]);
		new_volumes[i].mood = (app_mood)(i % 4);
	}
	is(app_volume_insert_many(db, new_volumes, VOLUMES, arena, &volumes), LEXO_OK, "volumes are stored");
	app_volume_patch patch = {0};
	app_volume_patch_previous(&patch, (lexo_opt_i64){true, volumes.items[0].id});
	is(app_volume_update(db, volumes.items[7].id, &patch, arena, &volumes.items[7]), LEXO_OK,
	   "one follows another");
}

static void test_many(void)
{
	app_volumes loaded[SHELVES];
	int wrong = 0;
	is(app_shelf_load_volumes(db, shelves.items, SHELVES, NULL, arena, loaded), LEXO_OK, "all of all");
	for (int i = 0; i < SHELVES; i++) {
		wrong += loaded[i].len != VOLUMES / 6;
		for (size_t j = 0; j < loaded[i].len; j++)
			wrong += loaded[i].items[j].shelf_id.v != shelves.items[i].id;
	}
	ok(!wrong, "each has its own");
	app_volume_query top = {.order = APP_VOLUME_BY_TITLE, .limit = 3};
	is(app_shelf_load_volumes(db, shelves.items, SHELVES, &top, arena, loaded), LEXO_OK, "the first three of each");
	for (int i = 0; i < SHELVES; i++) {
		wrong += loaded[i].len != 3;
		for (size_t j = 1; j < loaded[i].len; j++)
			wrong += strcmp(loaded[i].items[j - 1].title.ptr, loaded[i].items[j].title.ptr) >= 0;
	}
	ok(!wrong, "by their titles");
	ok(same(loaded[0].items[0].title, "volume 06"), "from the smallest one on");
	const app_volume_where where[] = {app_volume_where_mood_eq(APP_MOOD_HAPPY)};
	app_volume_query happy = {LEXO_WHERE(where), .order = APP_VOLUME_BY_TITLE_DESC, .offset = 1};
	happy.omit = APP_VOLUME_LABEL;
	is(app_shelf_load_volumes(db, shelves.items, SHELVES, &happy, arena, loaded), LEXO_OK,
	   "by predicates, without the first");
	ok(loaded[3].len == 4 && loaded[0].len == 0 && !loaded[0].items, "odd shelves have them");
	ok(loaded[1].len == 4 && loaded[1].items[0].mood == APP_MOOD_HAPPY && !loaded[1].items[0].label.ptr,
	   "as they were asked for");
	const app_shelf twice[] = {shelves.items[1], shelves.items[1], {.id = -1}};
	is(app_shelf_load_volumes(db, twice, 3, NULL, arena, loaded), LEXO_OK, "the same row twice, and none");
	ok(loaded[0].len == 10 && loaded[1].len == 10 && loaded[0].items != loaded[1].items && !loaded[2].len,
	   "each place has its rows");
	is(app_shelf_load_volumes_by_label(db, shelves.items, SHELVES, NULL, arena, loaded), LEXO_OK,
	   "by a unique text");
	ok(loaded[0].len == 3 && same(loaded[0].items[0].label, "shelf 0"), "those with the label");
	is(app_shelf_load_volumes(db, shelves.items, 0, NULL, arena, loaded), LEXO_OK, "for nothing");
}

static void test_one(void)
{
	const app_shelf *loaded[VOLUMES];
	const app_volume *previous[VOLUMES];
	int wrong = 0;
	is(app_volume_load_shelf(db, volumes.items, VOLUMES, arena, loaded), LEXO_OK, "the one that each refers to");
	for (int i = 0; i < VOLUMES; i++)
		wrong +=
		    i % 6 < SHELVES ? !loaded[i] || loaded[i]->id != volumes.items[i].shelf_id.v : loaded[i] != NULL;
	ok(!wrong, "and none where there is none");
	is(app_volume_load_label(db, volumes.items, VOLUMES, arena, loaded), LEXO_OK, "by a text that may be NULL");
	ok(loaded[0] && same(loaded[0]->name, "shelf 0") && loaded[4] && same(loaded[4]->name, "shelf 4") && !loaded[1],
	   "each");
	is(app_volume_load_previous(db, volumes.items, VOLUMES, arena, previous), LEXO_OK, "a row of the same table");
	ok(previous[7] && previous[7]->id == volumes.items[0].id && !previous[0], "which there is once");
	app_volumes after[2];
	is(app_volume_load_volumes_by_previous(db, volumes.items, 2, NULL, arena, after), LEXO_OK, "and back");
	ok(after[0].len == 1 && after[0].items[0].id == volumes.items[7].id && !after[1].len, "to the one");
}

static void test_trouble(void)
{
	app_volumes loaded[SHELVES];
	const app_shelf *one[2];
	memset(loaded, 1, sizeof loaded);
	is(app_shelf_load_volumes(db, shelves.items, 2, NULL, NULL, loaded), LEXO_E_MISUSE, "no arena");
	ok(!loaded[1].items && !loaded[1].len, "the places are zeroed");
	is(app_shelf_load_volumes(db, shelves.items, 2, NULL, arena, NULL), LEXO_E_MISUSE, "no place");
	is(app_shelf_load_volumes(db, NULL, 2, NULL, arena, loaded), LEXO_E_MISUSE, "no rows");
	app_volume_query locked = {.lock = LEXO_LOCK_UPDATE};
	is(app_shelf_load_volumes(db, shelves.items, 2, &locked, arena, loaded), LEXO_E_MISUSE, "with locks");
	app_volume_query page = {.order = APP_VOLUME_BY_ID, .after = &volumes.items[3]};
	is(app_shelf_load_volumes(db, shelves.items, 2, &page, arena, loaded), LEXO_E_MISUSE, "behind a row");
	is(app_volume_load_shelf(db, NULL, 2, arena, one), LEXO_E_MISUSE, "no rows, the other way");
}

int main(int argc, char **argv)
{
	lexo_options options = options_of(argc, argv, NULL);
	arena = lexo_arena_new(0);
	is(lexo_open("", &options, &db), LEXO_OK, "connect");
	store();
	test_many();
	test_one();
	test_trouble();
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
