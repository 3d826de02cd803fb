/* A program while its database changes: columns that got another type, that are gone, statements that the server
 * forgot, a lost connection.  SQL that lexo does not make goes through libpq by hand.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_models.h"

/* Of libpq; declared here because generated code needs no header of it, and the library is linked by -llexo. */
struct pg_result;
struct pg_result *PQexec(struct pg_conn *connection, const char *sql);
void PQclear(struct pg_result *result);
int PQresultStatus(const struct pg_result *result);

static lexo_db *db;
static lexo_arena *arena;
static int failures;

static void is(lexo_rc rc, lexo_rc wanted, const char *what)
{
	printf("%sok - %s\n", rc == wanted ? "" : "not ", what);
	if (rc == wanted)
		return;
	failures++;
	printf("#   got %s (%s), wanted %s\n", lexo_rc_name(rc), lexo_err(db)->message, lexo_rc_name(wanted));
}

static void by_hand(const char *sql)
{
	struct pg_result *result = PQexec(lexo_pg(db), sql);
	if (PQresultStatus(result) > 2)
		printf("# failed: %s\n", sql);
	PQclear(result);
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
	is(lexo_commit(db), LEXO_E_CONNECTION, "nothing can be committed");
	lexo_rollback(db);
	is(lexo_begin(db, 0), LEXO_E_CONNECTION, "nothing can begin");
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
