/* Failures: SQLSTATE to lexo_rc, constraint name to the generated enum, and the texts that lexo_err() shows.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "runtime/db.h"

static const struct {
	const char *sqlstate; /* five characters, or the two of a class */
	lexo_rc rc;
} states[] = {
    {"23505", LEXO_E_UNIQUE},          {"23503", LEXO_E_FOREIGN_KEY},     {"23001", LEXO_E_FOREIGN_KEY},
    {"23514", LEXO_E_CHECK},           {"23502", LEXO_E_NOT_NULL},        {"23P01", LEXO_E_EXCLUSION},
    {"40001", LEXO_E_SERIALIZATION},   {"40P01", LEXO_E_DEADLOCK},        {"55P03", LEXO_E_LOCK_TIMEOUT},
    {"57014", LEXO_E_CANCELED},        {"08", LEXO_E_CONNECTION},         {"57P01", LEXO_E_CONNECTION},
    {"57P02", LEXO_E_CONNECTION},      {"57P03", LEXO_E_CONNECTION},      {"57P05", LEXO_E_CONNECTION},
    {"25P03", LEXO_E_CONNECTION},      {"42P01", LEXO_E_SCHEMA_MISMATCH}, {"42703", LEXO_E_SCHEMA_MISMATCH},
    {"42704", LEXO_E_SCHEMA_MISMATCH}, {"42804", LEXO_E_SCHEMA_MISMATCH}, {"3F000", LEXO_E_SCHEMA_MISMATCH},
};

lexo_rc lx_error_of_sqlstate(const char *sqlstate)
{
	/* a value of the wrong size for its type: the column is no longer what the code was generated for */
	if (strcmp(sqlstate, "08P01") == 0)
		return LEXO_E_SCHEMA_MISMATCH;
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
		if (strncmp(sqlstate, states[i].sqlstate, strlen(states[i].sqlstate)) == 0)
			return states[i].rc;
	}
	return LEXO_E_SQL;
}

bool lx_error_passes(const lexo_db *db, lexo_rc rc)
{
	return rc == LEXO_E_SERIALIZATION || rc == LEXO_E_DEADLOCK ||
	       (rc == LEXO_E_SCHEMA_MISMATCH && strcmp(db->error.error.sqlstate, "0A000") == 0);
}

const char *lexo_rc_name(lexo_rc rc)
{
	switch (rc) {
	case LEXO_OK:
		return "LEXO_OK";
	case LEXO_ROW:
		return "LEXO_ROW";
	case LEXO_DONE:
		return "LEXO_DONE";
	case LEXO_NOT_FOUND:
		return "LEXO_NOT_FOUND";
	case LEXO_STALE:
		return "LEXO_STALE";
	case LEXO_QUEUED:
		return "LEXO_QUEUED";
	case LEXO_E_UNIQUE:
		return "LEXO_E_UNIQUE";
	case LEXO_E_FOREIGN_KEY:
		return "LEXO_E_FOREIGN_KEY";
	case LEXO_E_CHECK:
		return "LEXO_E_CHECK";
	case LEXO_E_NOT_NULL:
		return "LEXO_E_NOT_NULL";
	case LEXO_E_EXCLUSION:
		return "LEXO_E_EXCLUSION";
	case LEXO_E_SERIALIZATION:
		return "LEXO_E_SERIALIZATION";
	case LEXO_E_DEADLOCK:
		return "LEXO_E_DEADLOCK";
	case LEXO_E_LOCK_TIMEOUT:
		return "LEXO_E_LOCK_TIMEOUT";
	case LEXO_E_CANCELED:
		return "LEXO_E_CANCELED";
	case LEXO_E_CONNECTION:
		return "LEXO_E_CONNECTION";
	case LEXO_E_SQL:
		return "LEXO_E_SQL";
	case LEXO_E_SCHEMA_MISMATCH:
		return "LEXO_E_SCHEMA_MISMATCH";
	case LEXO_E_DECODE:
		return "LEXO_E_DECODE";
	case LEXO_E_MISUSE:
		return "LEXO_E_MISUSE";
	case LEXO_E_NOMEM:
		return "LEXO_E_NOMEM";
	case LEXO_E_SKIPPED:
		return "LEXO_E_SKIPPED";
	}
	return "unknown";
}

enum { CONSTRAINT, TABLE, COLUMN, MESSAGE, DETAIL, HINT, STATEMENT, TEXTS };

static void set_texts(lexo_error *error, const char *const texts[TEXTS])
{
	error->constraint_name = texts[CONSTRAINT];
	error->table = texts[TABLE];
	error->column = texts[COLUMN];
	error->message = texts[MESSAGE];
	error->detail = texts[DETAIL];
	error->hint = texts[HINT];
	error->statement = texts[STATEMENT];
}

void lx_error_clear(lexo_db *db, struct lx_error_slot *slot)
{
	static const char *const none[TEXTS] = {"", "", "", "", "", "", ""};
	lx_db_alloc(db, slot->texts, 0);
	*slot = (struct lx_error_slot){0};
	set_texts(&slot->error, none);
}

static void fill(lexo_db *db, struct lx_error_slot *slot, const lexo_error *facts, const char *const texts[TEXTS])
{
	size_t size = 0, lengths[TEXTS];
	for (int i = 0; i < TEXTS; i++) {
		lengths[i] = texts[i] ? strlen(texts[i]) : 0;
		size += lengths[i] + 1;
	}
	char *block = lx_db_alloc(db, NULL, size);
	const char *kept[TEXTS];
	char *end = block;
	for (int i = 0; i < TEXTS; i++) {
		if (!block) { /* without memory the code must do */
			kept[i] = i == MESSAGE ? "out of memory; no details are kept" : "";
			continue;
		}
		if (lengths[i])
			memcpy(end, texts[i], lengths[i]);
		end[lengths[i]] = 0;
		kept[i] = end;
		end += lengths[i] + 1;
	}
	/* the texts may come from the slot itself, so the old block goes last */
	lexo_error error = *facts;
	set_texts(&error, kept);
	lx_db_alloc(db, slot->texts, 0);
	slot->texts = block;
	slot->error = error;
}

static lexo_rc report(lexo_db *db, const lexo_error *facts, const char *const texts[TEXTS])
{
	fill(db, &db->error, facts, texts);
	/* what the server refused ends the transaction level; what lexo refused did not reach it */
	if (db->depth && facts->sqlstate[0] && db->first.error.rc == LEXO_OK)
		fill(db, &db->first, facts, texts);
	return facts->rc;
}

lexo_rc lx_db_fail_at(lexo_db *db, lexo_rc rc, const char *message, const char *column, const char *statement)
{
	lexo_error facts = {.rc = rc};
	const char *texts[TEXTS] = {[MESSAGE] = message, [COLUMN] = column, [STATEMENT] = statement};
	return report(db, &facts, texts);
}

lexo_rc lx_db_fail(lexo_db *db, lexo_rc rc, const char *message)
{
	return lx_db_fail_at(db, rc, message, NULL, NULL);
}

lexo_rc lx_db_nomem(lexo_db *db)
{
	return lx_db_fail(db, LEXO_E_NOMEM, "out of memory");
}

static const char *field(const PGresult *result, int code)
{
	const char *text = PQresultErrorField(result, code);
	return text ? text : "";
}

static int find_constraint(const lexo_catalog *catalog, const char *name, const char *schema, const char *table)
{
	if (!catalog || !*name)
		return 0;
	size_t low = 0, high = catalog->constraint_count;
	while (low < high) { /* the first one with this name */
		size_t middle = low + (high - low) / 2;
		if (strcmp(catalog->constraints[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < catalog->constraint_count; low++) {
		const lexo_constraint *row = &catalog->constraints[low];
		if (strcmp(row->name, name) != 0)
			break;
		if (strcmp(row->schema, schema) == 0 && strcmp(row->table, table) == 0)
			return row->value;
	}
	return 0;
}

static int number(const char *digits)
{
	int value = 0;
	for (; *digits >= '0' && *digits <= '9' && value < 100000000; digits++)
		value = value * 10 + (*digits - '0');
	return value;
}

/* The server quotes values: whole rows in details, single values in messages of class 22 (data exceptions).  Models
 * with
 * @secret columns must not have them in an error that ends in a log. */
static void hide_values(const char *sqlstate, const char *texts[TEXTS])
{
	if (*texts[DETAIL])
		texts[DETAIL] = "withheld: the model has @secret columns";
	if (strncmp(sqlstate, "22", 2) == 0)
		texts[MESSAGE] = "invalid value (the text is withheld: the model has @secret columns)";
}

lexo_rc lx_db_fail_result(lexo_db *db, const PGresult *result, const char *statement)
{
	lexo_error facts = {.rc = LEXO_E_CONNECTION};
	const char *sqlstate = result ? field(result, PG_DIAG_SQLSTATE) : "";
	if (strlen(sqlstate) != 5) { /* libpq's own words */
		const char *texts[TEXTS] = {[MESSAGE] = PQerrorMessage(db->pg), [STATEMENT] = statement};
		if (PQstatus(db->pg) == CONNECTION_OK)
			facts.rc = LEXO_E_SQL;
		return report(db, &facts, texts);
	}
	memcpy(facts.sqlstate, sqlstate, 6);
	facts.rc = lx_error_of_sqlstate(sqlstate);
	facts.position = number(field(result, PG_DIAG_STATEMENT_POSITION));
	const char *table = field(result, PG_DIAG_TABLE_NAME), *name = field(result, PG_DIAG_CONSTRAINT_NAME);
	const char *texts[TEXTS] = {
	    [CONSTRAINT] = name,
	    [TABLE] = table,
	    [COLUMN] = field(result, PG_DIAG_COLUMN_NAME),
	    [MESSAGE] = field(result, PG_DIAG_MESSAGE_PRIMARY),
	    [DETAIL] = field(result, PG_DIAG_MESSAGE_DETAIL),
	    [HINT] = field(result, PG_DIAG_MESSAGE_HINT),
	    [STATEMENT] = statement,
	};
	/* constraints of a domain come with the domain instead of a table */
	facts.constraint = find_constraint(db->catalog, name, field(result, PG_DIAG_SCHEMA_NAME),
					   *table ? table : field(result, PG_DIAG_DATATYPE_NAME));
	if (db->has_secrets)
		hide_values(sqlstate, texts);
	return report(db, &facts, texts);
}

const lexo_error *lexo_err(const lexo_db *db)
{
	static const lexo_error no_handle = {
	    .rc = LEXO_E_NOMEM,
	    .constraint_name = "",
	    .table = "",
	    .column = "",
	    .message = "out of memory",
	    .detail = "",
	    .hint = "",
	    .statement = "",
	};
	return db ? &db->error.error : &no_handle;
}
