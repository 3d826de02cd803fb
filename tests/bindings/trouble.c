/* A program while its database changes: columns that got another type, that are gone, statements that the server
 * forgot, a lost connection.  SQL that lexo does not make goes through libpq by hand.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_models.h"
#include "tap.h"

/* Of libpq; declared here because generated code needs no header of it, and the library is linked by -llexo. */
struct pg_result;
struct pg_result *PQexec(struct pg_conn *connection, const char *sql);
void PQclear(struct pg_result *result);
int PQresultStatus(const struct pg_result *result);

static void by_hand(const char *sql)
{
	struct pg_result *result = PQexec(lexo_pg(db), sql);
	if (PQresultStatus(result) > 2)
		printf("# failed: %s\n", sql);
	PQclear(result);
}

static lexo_rc stream_all(void)
{
	app_item_stream *stream;
	const app_item *item;
	lexo_rc rc = app_item_stream_open(db, NULL, &stream);
	if (rc != LEXO_OK)
		return rc;
	while ((rc = app_item_stream_next(stream, &item)) == LEXO_ROW)
		;
	app_item_stream_close(stream);
	return rc == LEXO_DONE ? LEXO_OK : rc;
}

/* Ends all connections but that of the killer, and waits until they are gone (pg_terminate_backend() itself waits from
 * PostgreSQL 14 on only). */
static void kill_others(lexo_db *killer)
{
	PQclear(PQexec(lexo_pg(killer), "DO $$ DECLARE i int; BEGIN FOR i IN 1..500 LOOP "
					"PERFORM pg_stat_clear_snapshot();"
					"PERFORM pg_terminate_backend(pid) FROM pg_stat_activity "
					"WHERE datname = current_database() AND pid <> pg_backend_pid();"
					"EXIT WHEN NOT FOUND;"
					"PERFORM pg_sleep(0.01); END LOOP; END $$"));
}

static lexo_rc batch_all(app_node *node, int64_t *count)
{
	lexo_rc rc = lexo_batch_begin(db);
	if (rc == LEXO_OK)
		rc = app_node_get(db, 1, LEXO_S("root"), arena, node);
	if (rc == LEXO_QUEUED)
		rc = app_item_count(db, NULL, count);
	return rc == LEXO_QUEUED ? lexo_batch_run(db) : rc;
}

/* Two queries with the same SQL are one statement for the server. */
static void test_twins(void)
{
	app_numbers_one_row one;
	app_numbers_too_row too;
	is(lexo_begin(db, 0), LEXO_OK, "begin");
	is(app_numbers_one(db, arena, &one), LEXO_OK, "a query");
	is(app_numbers_too(db, arena, &too), LEXO_OK, "and one with the same SQL");
	is(lexo_commit(db), LEXO_OK, "in a transaction");
	by_hand("DEALLOCATE ALL");
	is(app_numbers_too(db, arena, &too), LEXO_OK, "forgotten by the server");
	is(app_numbers_one(db, arena, &one), LEXO_OK, "and the other");
	ok(one.n == 7 && too.n == 7, "both have their rows");
	app_node node;
	is(app_node_get(db, 1, LEXO_S("root"), arena, &node), LEXO_OK, "as are the others");
	by_hand("DEALLOCATE ALL");
	is(lexo_batch_begin(db), LEXO_OK, "a batch");
	is(app_numbers_one(db, arena, &one), LEXO_QUEUED, "of one");
	is(app_numbers_too(db, arena, &too), LEXO_QUEUED, "and the other");
	is(lexo_batch_run(db), LEXO_OK, "is prepared again");
	is(app_node_get(db, 1, LEXO_S("root"), arena, &node), LEXO_OK, "once more");
}

/* A batch while what it needs changes. */
static void test_batch(void)
{
	app_node node;
	int64_t count = 0;
	is(batch_all(&node, &count), LEXO_OK, "a batch");
	by_hand("DEALLOCATE ALL");
	is(batch_all(&node, &count), LEXO_OK, "all of it is prepared again");
	by_hand("ALTER TABLE node ALTER payload TYPE varchar(90); ALTER TABLE item ADD COLUMN even_more text");
	is(batch_all(&node, &count), LEXO_OK, "a type that can be read");
	ok(same(node.name, "root"), "the row is there");
	is(lexo_begin(db, 0), LEXO_OK, "begin");
	is(batch_all(&node, &count), LEXO_OK, "in a transaction");
	by_hand("ALTER TABLE node ALTER payload TYPE text");
	is(batch_all(&node, &count), LEXO_E_SCHEMA_MISMATCH, "in a transaction it is told");
	lexo_rollback(db);
	by_hand("ALTER TABLE node RENAME payload TO paid");
	is(batch_all(&node, &count), LEXO_E_SCHEMA_MISMATCH, "a column that is gone");
	ok(!node.name.ptr && lexo_batch_rc(db, 0) == LEXO_E_SCHEMA_MISMATCH && lexo_batch_rc(db, 1) == LEXO_E_SKIPPED,
	   "takes the others along");
	by_hand("ALTER TABLE node RENAME paid TO payload");
	is(batch_all(&node, &count), LEXO_OK, "until it is back");
}

/* The connection goes while a stream and while a copy are open. */
static void test_lost_inside(void)
{
	lexo_db *killer;
	app_item_stream *stream;
	app_item_copy *copy;
	const app_item *item;
	lexo_rc rc;
	char text[2000];
	memset(text, 'x', sizeof text);
	const app_item_new in = {.data = {NULL, 0}, .tags = {&(lexo_str){text, sizeof text}, 1, NULL}};
	is(lexo_open("", NULL, &killer), LEXO_OK, "connect another");
	is(lexo_open("", NULL, &db), LEXO_OK, "connect again");
	by_hand("INSERT INTO item (tags) SELECT ARRAY[repeat('x', 2000)] FROM generate_series(1, 20000)");
	is(app_item_stream_open(db, NULL, &stream), LEXO_OK, "a long stream");
	is(app_item_stream_next(stream, &item), LEXO_ROW, "begins");
	kill_others(killer);
	while ((rc = app_item_stream_next(stream, &item)) == LEXO_ROW)
		;
	is(rc, LEXO_E_CONNECTION, "it ends with the connection");
	is(app_item_stream_next(stream, &item), LEXO_E_CONNECTION, "and stays so");
	app_item_stream_close(stream);
	is(stream_all(), LEXO_E_CONNECTION, "no other stream");
	lexo_close(db);
	is(lexo_open("", NULL, &db), LEXO_OK, "connect again");
	is(app_item_copy_begin(db, &copy), LEXO_OK, "a copy");
	is(app_item_copy_row(copy, &in), LEXO_OK, "begins");
	kill_others(killer);
	rc = LEXO_OK;
	for (int i = 0; i < 100000 && rc == LEXO_OK; i++)
		rc = app_item_copy_row(copy, &in);
	is(rc, LEXO_E_CONNECTION, "it ends with the connection");
	is(app_item_copy_end(copy, NULL), LEXO_E_CONNECTION, "and cannot be ended well");
	lexo_close(db);
	lexo_close(killer);
}

static bool is_zero(const void *memory, size_t size)
{
	const unsigned char *bytes = memory;
	for (size_t i = 0; i < size; i++)
		if (bytes[i])
			return false;
	return true;
}

/* Whoever does not look at the result finds no rows of a call before. */
static void test_zeroed(const app_item_new *in)
{
	const app_item_patch patch = {0};
	app_item item;
	app_items items;
	memset(&item, 0xaa, sizeof item);
	is(app_item_insert(db, in, arena, &item), LEXO_E_CONNECTION, "insert");
	ok(is_zero(&item, sizeof item), "its row is zeroed");
	memset(&item, 0xaa, sizeof item);
	is(app_item_get(db, 1, arena, &item), LEXO_E_CONNECTION, "get");
	ok(is_zero(&item, sizeof item), "its row is zeroed");
	memset(&item, 0xaa, sizeof item);
	is(app_item_update(db, 1, &patch, arena, &item), LEXO_E_CONNECTION, "update");
	ok(is_zero(&item, sizeof item), "its row is zeroed");
	memset(&item, 0xaa, sizeof item);
	is(app_item_upsert_by_code(db, in, 0, arena, &item, NULL), LEXO_E_CONNECTION, "upsert");
	ok(is_zero(&item, sizeof item), "its row is zeroed");
	memset(&item, 0xaa, sizeof item);
	is(app_item_find_one(db, NULL, arena, &item), LEXO_E_CONNECTION, "find_one");
	ok(is_zero(&item, sizeof item), "its row is zeroed");
	memset(&items, 0xaa, sizeof items);
	is(app_item_find(db, NULL, arena, &items), LEXO_E_CONNECTION, "find");
	ok(is_zero(&items, sizeof items), "there are no rows");
}

static void test_lost_before(void)
{
	app_item_new in = {.code = LEXO_S("lost")};
	app_item *found;
	int64_t id = 1;
	app_item_copy *copy;
	is(app_item_insert_many(db, &in, 1, NULL, NULL), LEXO_E_CONNECTION, "insert_many");
	is(app_item_get_many(db, &id, 1, arena, &found), LEXO_E_CONNECTION, "get_many");
	test_zeroed(&in);
	is(app_item_count(db, NULL, &id), LEXO_E_CONNECTION, "count");
	is(stream_all(), LEXO_E_CONNECTION, "stream");
	is(app_item_copy_begin(db, &copy), LEXO_E_CONNECTION, "copy");
}

static void test_changes(void)
{
	app_item *found;
	app_item_new in[] = {{.code = LEXO_S("s1")}, {.code = LEXO_S("s2")}, {.code = LEXO_S("s3")}};
	int64_t id = 1, count;
	is(app_item_get_many(db, &id, 1, arena, &found), LEXO_OK, "get_many is prepared");
	is(stream_all(), LEXO_OK, "a stream is prepared");
	by_hand("DEALLOCATE ALL");
	is(app_item_get_many(db, &id, 1, arena, &found), LEXO_OK, "get_many is prepared again");
	is(stream_all(), LEXO_OK, "a stream is prepared again");
	by_hand("ALTER TABLE item ALTER code TYPE varchar(100)");
	is(app_item_get_many(db, &id, 1, arena, &found), LEXO_OK, "and with a type that can be read");
	is(stream_all(), LEXO_OK, "a stream, too");
	by_hand("ALTER TABLE item ALTER flag TYPE text");
	is(stream_all(), LEXO_E_SCHEMA_MISMATCH, "and is told of one that cannot be read");
	is(app_item_get_many(db, &id, 1, arena, &found), LEXO_E_SCHEMA_MISMATCH, "as others are");
	by_hand("ALTER TABLE item ALTER flag TYPE bool USING flag::bool");
	is(stream_all(), LEXO_OK, "until it is back");
	by_hand("CREATE FUNCTION keep_some() RETURNS trigger LANGUAGE plpgsql AS "
		"'BEGIN IF NEW.code = ''s2'' THEN RETURN NULL; END IF; RETURN NEW; END'");
	by_hand("CREATE TRIGGER keep_some BEFORE INSERT ON item FOR EACH ROW EXECUTE FUNCTION keep_some()");
	is(app_item_insert_many(db, in, 3, NULL, NULL), LEXO_NOT_FOUND, "a row of several that a trigger swallows");
	app_item item;
	bool is_new;
	is(app_item_upsert_by_code(db, &in[1], 0, arena, &item, &is_new), LEXO_NOT_FOUND, "and by an upsert");
	by_hand("DROP TRIGGER keep_some ON item");
	by_hand("ALTER TABLE item RENAME TO item_gone");
	is(app_item_count(db, NULL, &count), LEXO_E_SCHEMA_MISMATCH, "a table that is gone");
	is(stream_all(), LEXO_E_SCHEMA_MISMATCH, "cannot be read");
	by_hand("ALTER TABLE item_gone RENAME TO item");
	is(app_item_count(db, NULL, &count), LEXO_OK, "until it is back");
}

int main(void)
{
	app_node row;
	app_log_new line = {.line = LEXO_S("z")};
	app_nodes rows;
	const lexo_str root = LEXO_S("root");
	arena = lexo_arena_new(0);
	is(lexo_open("", NULL, &db), LEXO_OK, "connect");
	is(app_node_get(db, 1, root, arena, &row), LEXO_OK, "a statement is prepared");
	by_hand("DEALLOCATE ALL");
	is(app_node_get(db, 1, root, arena, &row), LEXO_OK, "forgotten by the server: prepared again");
	by_hand("ALTER TABLE node ADD COLUMN more text");
	is(app_node_get(db, 1, root, arena, &row), LEXO_OK, "a new column does no harm");
	by_hand("ALTER TABLE node ALTER payload TYPE varchar(100)");
	is(app_node_get(db, 1, root, arena, &row), LEXO_OK, "a type that can be read: prepared again");
	is(app_node_find(db, NULL, arena, &rows), LEXO_OK, "and another statement");
	by_hand("ALTER TABLE node ALTER payload TYPE text");
	is(app_node_find(db, NULL, arena, &rows), LEXO_OK, "prepared again while streaming");
	is(app_node_get(db, 1, root, arena, &row), LEXO_OK, "and the first one");
	test_batch();
	test_twins();
	is(lexo_begin(db, 0), LEXO_OK, "begin");
	is(app_node_get(db, 1, root, arena, &row), LEXO_OK, "in a transaction");
	by_hand("ALTER TABLE node ALTER payload TYPE varchar(100)");
	is(app_node_get(db, 1, root, arena, &row), LEXO_E_SCHEMA_MISMATCH, "in a transaction it is told");
	lexo_rollback(db);
	is(app_node_get(db, 1, root, arena, &row), LEXO_OK, "and works again behind it");
	by_hand("ALTER TABLE node ALTER payload TYPE bytea USING payload::bytea");
	is(app_node_get(db, 1, root, arena, &row), LEXO_E_SCHEMA_MISMATCH, "a type that cannot be read");
	is(app_node_get(db, 1, root, arena, &row), LEXO_E_SCHEMA_MISMATCH, "is refused every time");
	by_hand("ALTER TABLE node DROP COLUMN payload");
	is(app_node_get(db, 1, root, arena, &row), LEXO_E_SCHEMA_MISMATCH, "a column that is gone");
	is(app_log_insert(db, &line, NULL, NULL), LEXO_OK, "other models work");
	test_changes();
	by_hand("SET lock_timeout = '50ms'; SET statement_timeout = '100ms'");
	by_hand(
	    "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(5); RETURN NEW; END'");
	by_hand("CREATE TRIGGER slow BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION slow()");
	is(app_log_insert(db, &line, NULL, NULL), LEXO_E_CANCELED, "a statement that takes too long");
	by_hand("DROP TRIGGER slow ON log");
	by_hand("CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
	by_hand("CREATE TRIGGER swallow BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION swallow()");
	is(app_log_insert(db, &line, NULL, NULL), LEXO_NOT_FOUND, "a row that a trigger swallows");
	is(lexo_begin(db, 0), LEXO_OK, "begin");
	by_hand("SELECT pg_terminate_backend(pg_backend_pid())");
	is(app_log_insert(db, &line, NULL, NULL), LEXO_E_CONNECTION, "the connection is lost");
	is(app_log_insert(db, &line, NULL, NULL), LEXO_E_CONNECTION, "and stays lost");
	test_lost_before();
	is(lexo_commit(db), LEXO_E_CONNECTION, "nothing can be committed");
	lexo_rollback(db);
	is(lexo_begin(db, 0), LEXO_E_CONNECTION, "nothing can begin");
	lexo_close(db);
	test_lost_inside();
	lexo_arena_free(arena);
	return failures > 0;
}
