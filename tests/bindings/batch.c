/* Batches against a server: prints TAP.  The database has the tables of forms.lexo.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "app_models.h"
#include "tap.h"

static app_shelf shelf;
static int64_t kept; /* id of an item that is there */
static const lexo_str code = {"batch", 5};
static size_t events, skipped;

static void on_query(void *context, const lexo_query_event *event)
{
	(void)context;
	events++;
	skipped += event->rc == LEXO_E_SKIPPED;
}

static bool queued(lexo_rc rc)
{
	return rc == LEXO_QUEUED;
}

static int64_t count_items(void)
{
	int64_t count = -1;
	return app_item_count(db, NULL, &count) == LEXO_OK ? count : -1;
}

static void test_reads(void)
{
	const int64_t ids[] = {kept, -1, kept};
	const app_item_where where[] = {app_item_where_code_eq(code)};
	app_item item, missing, first, *many[3];
	app_items found, whole;
	app_volumes volumes, loaded;
	app_items_of_rows rows;
	app_item named;
	int64_t count = 7;
	memset(&item, 0xaa, sizeof item);
	memset(many, 0xaa, sizeof many);
	is(lexo_batch_begin(db), LEXO_OK, "a batch begins");
	bool is_good = queued(app_item_get(db, kept, arena, &item));
	ok(is_good && !item.id && count == 7, "a call waits, and its row is zero");
	is_good = queued(app_item_get(db, -1, arena, &missing)) &&
		  queued(app_item_get_by_code(db, code, arena, &first)) &&
		  queued(app_item_find(db, &(app_item_query){LEXO_WHERE(where), .limit = 5}, arena, &found)) &&
		  queued(app_item_find(db, NULL, arena, &whole)) && queued(app_item_count(db, NULL, &count)) &&
		  queued(app_volume_list_by_shelf(db, shelf.id, 0, arena, &volumes)) &&
		  queued(app_item_get_many(db, ids, 3, arena, many)) &&
		  queued(app_shelf_load_volumes(db, &shelf, 1, NULL, arena, &loaded)) &&
		  queued(app_items_of(db, &(app_items_of_args){.max_ = {true, 1}}, arena, &rows)) &&
		  queued(app_item_by_code(db, code, arena, &named));
	ok(is_good && lexo_batch_len(db) == 11, "so do the others");
	ok(!found.items && !whole.items && !many[2] && count == 0 && !loaded.len, "nothing is there yet");
	is(lexo_batch_run(db), LEXO_OK, "all of them in one round trip");
	ok(item.id == kept && same(item.code, "batch") && lexo_batch_rc(db, 0) == LEXO_OK, "get");
	ok(!missing.id && lexo_batch_rc(db, 1) == LEXO_NOT_FOUND, "no such row");
	ok(first.id == kept, "get by a key");
	ok(found.len == 1 && found.items[0].id == kept, "find a few");
	ok((int64_t)whole.len == count && count > 0, "find all, and count");
	ok(volumes.len == 2 && same(volumes.items[0].title, "one"), "list");
	ok(many[0] && many[0]->id == kept && !many[1] && many[2], "get_many");
	ok(loaded.len == 2, "a relation");
	ok(rows.len == 1 && rows.items[0].length >= 0, "a named query");
	ok(named.id == kept, "and one for one row");
	ok(lexo_batch_rc(db, 11) == LEXO_E_MISUSE && lexo_batch_len(db) == 11, "there were no more calls");
}

static void test_changes(void)
{
	char title[] = "borrowed";
	app_volume stored;
	app_contact contact;
	bool is_new = false;
	int64_t updated = -1, forgotten = -1;
	app_item_patch patch = {0};
	const app_item_where where[] = {app_item_where_code_eq(code)};
	app_item_patch_mood(&patch, APP_MOOD_HAPPY);
	is(lexo_batch_begin(db), LEXO_OK, "a batch of changes");
	bool is_good = queued(app_volume_insert(db, &(app_volume_new){.title = lexo_cstr(title)}, arena, &stored));
	memset(title, 'x', sizeof title - 1);
	const app_contact_new in = {.email = LEXO_S("batch@one")};
	is_good = is_good && queued(app_volume_insert(db, &(app_volume_new){.title = LEXO_S("no row")}, NULL, NULL)) &&
		  queued(app_contact_upsert(db, &in, 0, arena, &contact, &is_new)) &&
		  queued(app_contact_upsert(db, &in, 0, NULL, NULL, NULL)) &&
		  queued(app_item_update(db, kept, &patch, NULL, NULL)) &&
		  queued(app_item_update(db, -1, &patch, NULL, NULL)) &&
		  queued(app_item_update_where(db, &(app_item_query){LEXO_WHERE(where)}, &patch, &updated)) &&
		  queued(app_item_delete(db, -1)) &&
		  queued(app_forget(db, (lexo_str_array){&code, 0, NULL}, &forgotten));
	ok(is_good, "of every kind");
	is(lexo_batch_run(db), LEXO_OK, "happens");
	ok(same(stored.title, "borrowed"), "arguments were borrowed for their call alone");
	ok(is_new && same(contact.email, "batch@one"), "an upsert says that it is new");
	ok(lexo_batch_rc(db, 4) == LEXO_OK && lexo_batch_rc(db, 5) == LEXO_NOT_FOUND, "updates say what they found");
	ok(updated == 1 && lexo_batch_rc(db, 7) == LEXO_NOT_FOUND && forgotten == 0, "and others how many");
}

static void test_version(void)
{
	app_counted row;
	app_counted_patch patch = {0};
	is(app_counted_insert(db, &(app_counted_new){.name = LEXO_S("batched")}, arena, &row), LEXO_OK,
	   "a counted row");
	app_counted_patch_version(&patch, 1);
	is(lexo_batch_begin(db), LEXO_OK, "a batch");
	bool is_good = queued(app_counted_update(db, row.id, &patch, NULL, NULL)) &&
		       queued(app_counted_update(db, row.id, &patch, arena, &row));
	ok(is_good, "changes it twice");
	is(lexo_batch_run(db), LEXO_OK, "it runs");
	ok(lexo_batch_rc(db, 0) == LEXO_OK && lexo_batch_rc(db, 1) == LEXO_STALE && !row.id, "the second one is stale");
	is(app_counted_delete_where(db,
				    &(app_counted_query){LEXO_WHERE(
					((const app_counted_where[]){app_counted_where_name_eq(LEXO_S("batched"))}))},
				    NULL),
	   LEXO_OK, "it goes");
}

static void test_refused(void)
{
	app_item first, last;
	int64_t before = count_items();
	events = skipped = 0;
	is(lexo_batch_begin(db), LEXO_OK, "a batch");
	bool is_good = queued(app_item_insert(db, &(app_item_new){.code = LEXO_S("fine")}, arena, &first)) &&
		       queued(app_item_insert(db, &(app_item_new){.code = code}, arena, NULL)) &&
		       queued(app_item_get(db, kept, arena, &last));
	ok(is_good, "with one call that the server refuses");
	is(lexo_batch_run(db), LEXO_E_UNIQUE, "is refused");
	ok(lexo_err(db)->constraint == APP_K_ITEM_CODE_KEY, "for a reason");
	ok(lexo_batch_rc(db, 0) == LEXO_E_SKIPPED && lexo_batch_rc(db, 1) == LEXO_E_UNIQUE &&
	       lexo_batch_rc(db, 2) == LEXO_E_SKIPPED,
	   "each call knows whether it was the one");
	ok(!first.id && !last.id && count_items() == before, "and nothing has happened");
	ok(events == 4 && skipped == 2, "as events tell");
	is(lexo_begin(db, 0), LEXO_OK, "a transaction");
	is(lexo_batch_begin(db), LEXO_OK, "a batch in it");
	is_good = queued(app_item_insert(db, &(app_item_new){.code = LEXO_S("fine")}, NULL, NULL));
	ok(is_good, "of one call");
	is(lexo_batch_run(db), LEXO_OK, "runs");
	is(lexo_begin(db, 0), LEXO_OK, "a savepoint");
	is(lexo_batch_begin(db), LEXO_OK, "and a batch");
	is_good = queued(app_item_insert(db, &(app_item_new){.code = LEXO_S("fine")}, NULL, NULL));
	ok(is_good, "of the same");
	is(lexo_batch_run(db), LEXO_E_UNIQUE, "is refused");
	is(lexo_commit(db), LEXO_E_UNIQUE, "the level has failed");
	is(lexo_commit(db), LEXO_OK, "the one around it has not");
	ok(count_items() == before + 1, "so one row is there");
}

/* What is refused when the transaction ends. */
static void test_deferred(void)
{
	app_pledge row;
	int64_t count = -1;
	is(lexo_batch_begin(db), LEXO_OK, "a batch");
	bool is_good = queued(app_pledge_insert(db, &(app_pledge_new){1, LEXO_S("twice")}, arena, &row)) &&
		       queued(app_pledge_insert(db, &(app_pledge_new){2, LEXO_S("twice")}, NULL, NULL));
	ok(is_good, "that breaks a deferred constraint");
	is(lexo_batch_run(db), LEXO_E_UNIQUE, "is refused at its end");
	ok(lexo_err(db)->constraint == APP_K_PLEDGE_NAME && !row.id && lexo_batch_rc(db, 0) == LEXO_E_SKIPPED &&
	       lexo_batch_rc(db, 1) == LEXO_E_SKIPPED,
	   "as a whole");
	is(app_pledge_count(db, NULL, &count), LEXO_OK, "the handle goes on");
	ok(count == 0, "nothing is there");
}

static lexo_rc nothing(lexo_db *handle, void *context)
{
	(void)handle, (void)context;
	return LEXO_OK;
}

static void test_misuse(void)
{
	static const app_volume_new in = {.title = {"x", 1}};
	app_item_stream *stream;
	app_item_copy *copy;
	app_numbers_stream *numbers;
	app_item item;
	is(lexo_batch_run(db), LEXO_E_MISUSE, "no batch is open");
	lexo_batch_drop(db);
	lexo_batch_drop(NULL);
	is(lexo_batch_begin(NULL), LEXO_E_MISUSE, "no handle");
	is(lexo_batch_run(NULL), LEXO_E_MISUSE, "none to run");
	ok(lexo_batch_len(NULL) == 0 && lexo_batch_rc(NULL, 0) == LEXO_E_MISUSE, "none to ask");
	is(lexo_batch_begin(db), LEXO_OK, "a batch");
	is(lexo_batch_run(db), LEXO_OK, "without a call");
	is(lexo_batch_begin(db), LEXO_OK, "another");
	is(lexo_batch_begin(db), LEXO_E_MISUSE, "not in itself");
	is(app_item_stream_open(db, NULL, &stream), LEXO_E_MISUSE, "no streams");
	is(app_numbers_open(db, &(app_numbers_args){1, 2}, &numbers), LEXO_E_MISUSE, "not of queries either");
	is(app_item_copy_begin(db, &copy), LEXO_E_MISUSE, "no copies");
	is(app_volume_insert_many(db, &in, 1, NULL, NULL), LEXO_E_MISUSE, "no insert_many");
	is(lexo_begin(db, 0), LEXO_E_MISUSE, "no transactions");
	is(lexo_transact(db, 0, 0, nothing, NULL), LEXO_E_MISUSE, "not with a body either");
	is(app_item_get(db, kept, NULL, &item), LEXO_E_MISUSE, "what a call refuses by itself");
	ok(lexo_batch_len(db) == 0, "is no part of it");
	is(app_item_get(db, kept, arena, &item), LEXO_QUEUED, "a call");
	lexo_batch_drop(db);
	is(app_item_get(db, kept, arena, &item), LEXO_OK, "dropped: the handle is free");
	is(lexo_begin(db, 0), LEXO_OK, "begin");
	is(lexo_batch_begin(db), LEXO_OK, "a batch");
	is(app_item_get(db, kept, arena, &item), LEXO_QUEUED, "a call");
	lexo_rollback(db);
	is(lexo_batch_run(db), LEXO_E_MISUSE, "a rollback drops it");
}

/* Behind rows that came one by one; libpq remembers. */
static void test_after_rows(void)
{
	app_items whole;
	app_item item;
	is(app_item_find(db, NULL, arena, &whole), LEXO_OK, "rows that come one by one");
	for (int i = 0; i < 2; i++) {
		is(lexo_batch_begin(db), LEXO_OK, "a batch behind them");
		is(app_item_get(db, kept, arena, &item), LEXO_QUEUED, "of one call");
		is(lexo_batch_run(db), LEXO_OK, "runs");
		ok(item.id == kept, "and has its row");
	}
}

/* More than fits into the buffers of both sides: whoever only writes never ends. */
static void test_much(void)
{
	enum { CALLS = 600, SIZE = 40000 };
	char *text = malloc(SIZE);
	app_volume *rows = calloc(CALLS, sizeof *rows);
	bool is_good = text && rows;
	memset(text, 'm', SIZE);
	is(lexo_batch_begin(db), LEXO_OK, "a large batch");
	for (size_t i = 0; is_good && i < CALLS; i++)
		is_good = queued(app_volume_insert(db, &(app_volume_new){.title = {text, SIZE}}, arena, &rows[i]));
	ok(is_good, "of 600 calls with 24 MB there and back");
	is(lexo_batch_run(db), LEXO_OK, "ends");
	for (size_t i = 0; is_good && i < CALLS; i++)
		is_good = rows[i].title.len == SIZE && memcmp(rows[i].title.ptr, text, SIZE) == 0 &&
			  (i == 0 || rows[i].id > rows[i - 1].id);
	ok(is_good, "with every row in its place");
	free(rows);
	free(text);
}

static void test_pool(void)
{
	lexo_pool *pool;
	lexo_db *handle;
	app_item item;
	is(lexo_pool_open("", 1, NULL, &pool), LEXO_OK, "a pool");
	is(lexo_pool_get(pool, 0, &handle), LEXO_OK, "a handle");
	is(lexo_batch_begin(handle), LEXO_OK, "with an open batch");
	is(app_item_get(handle, kept, arena, &item), LEXO_QUEUED, "and a call");
	lexo_pool_put(pool, handle);
	is(lexo_pool_get(pool, 0, &handle), LEXO_OK, "comes back");
	is(app_item_get(handle, kept, arena, &item), LEXO_OK, "without it");
	is(lexo_batch_begin(handle), LEXO_OK, "closed with one");
	lexo_pool_close(pool);
	lexo_pool_put(pool, handle);
}

int main(int argc, char **argv)
{
	lexo_options options = options_of(argc, argv, on_query);
	app_item item;
	arena = lexo_arena_new(0);
	is(lexo_open("", &options, &db), LEXO_OK, "connect");
	is(app_item_insert(db, &(app_item_new){.code = code}, arena, &item), LEXO_OK, "a row");
	kept = item.id;
	is(app_shelf_insert(db, &(app_shelf_new){.name = LEXO_S("batches")}, arena, &shelf), LEXO_OK, "a shelf");
	const app_volume_new in[] = {{.title = LEXO_S("one"), .shelf_id = {true, shelf.id}},
				     {.title = LEXO_S("two"), .shelf_id = {true, shelf.id}}};
	is(app_volume_insert_many(db, in, 2, NULL, NULL), LEXO_OK, "with two volumes");
	test_reads();
	test_changes();
	test_version();
	test_refused();
	test_deferred();
	test_misuse();
	test_after_rows();
	test_much();
	test_pool();
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
