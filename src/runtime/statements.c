/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/statements.h"

#include <stdio.h>
#include <string.h>

#include "runtime/batch.h"

enum { LARGEST_TABLE = 4096 };

static const uint64_t hash_start = UINT64_C(14695981039346656037); /* FNV-1a */

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ at[i]) * UINT64_C(1099511628211);
	return hash;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static uint64_t shape_of(const struct lx_request *request)
{
	/* orders are below 4096, verbs below 32 */
	return (uint64_t)request->row_count << 32 | (uint64_t)request->is_partial << 25 |
	       (uint64_t)request->after << 23 | (uint64_t)request->lock << 20 | (uint64_t)request->order << 8 |
	       (uint64_t)request->verb << 3 | (request->has_extra ? 4 : 0) | (request->has_rows ? 2 : 0) |
	       (request->is_limited ? 1 : 0);
}

static uint64_t hash_of(const struct lx_request *request)
{
	uint64_t hash = mix(shape_of(request), (uintptr_t)request->model);
	hash = mix(hash, (uintptr_t)request->key);
	for (uint32_t i = 0; i < request->mask_words; i++)
		hash = mix(hash, request->mask[i]);
	for (uint32_t i = 0; i < request->where_count; i++)
		hash = mix(hash, request->where[i]);
	return hash;
}

static bool is_for(const struct lx_statement *statement, const struct lx_request *request, uint64_t hash)
{
	return statement->hash == hash && statement->model == request->model && statement->key == request->key &&
	       statement->shape == shape_of(request) && statement->mask_words == request->mask_words &&
	       statement->where_count == request->where_count &&
	       memcmp(statement->mask, request->mask, request->mask_words * sizeof request->mask[0]) == 0 &&
	       (!request->where_count ||
		memcmp(statement->where, request->where, request->where_count * sizeof request->where[0]) == 0);
}

static void drop(lexo_db *db, struct lx_statement *statement)
{
	lx_db_alloc(db, statement->sql, 0);
	lx_db_alloc(db, statement->label, 0);
	lx_db_alloc(db, statement, 0);
}

static void deallocate(lexo_db *db, const char *name)
{
	char sql[64];
	snprintf(sql, sizeof sql, "DEALLOCATE %s", name);
	PQclear(PQexec(db->pg, sql));
}

void lx_statements_close(lexo_db *db)
{
	/* a connection that lives on may get another handle, which would meet the names of this one */
	bool is_left_clean = db->is_adopted && db->pg && PQtransactionStatus(db->pg) == PQTRANS_IDLE;
	for (uint32_t i = 0; i < db->statement_slots; i++) {
		for (struct lx_statement *statement = db->statements[i], *next; statement; statement = next) {
			next = statement->next;
			if (is_left_clean && (statement->is_prepared || statement->is_stale))
				deallocate(db, statement->name);
			drop(db, statement);
		}
	}
	lx_db_alloc(db, db->statements, 0);
	db->statements = NULL;
	db->statement_slots = db->statement_count = 0;
}

/* The same text and types give the same name on every connection, which poolers that map names like. */
static void set_name(struct lx_statement *statement, const struct lx_parameters *parameters)
{
	static const char digits[] = "0123456789abcdef";
	uint64_t hash = hash_bytes(hash_start, statement->sql, strlen(statement->sql));
	hash = hash_bytes(hash, parameters->types, parameters->count * sizeof *parameters->types);
	memcpy(statement->name, "lexo_", 5);
	for (int i = 0; i < 16; i++)
		statement->name[5 + i] = digits[hash >> (60 - 4 * i) & 15];
	statement->name[21] = 0;
}

/* Another one with the same text and types that the server has, or is about to have: two named queries may be alike. */
static bool has_twin(const lexo_db *db, const struct lx_statement *statement)
{
	for (uint32_t i = 0; i < db->statement_slots; i++)
		for (const struct lx_statement *other = db->statements[i]; other; other = other->next)
			if (other != statement && (other->is_prepared || other->is_coming) &&
			    strcmp(other->name, statement->name) == 0)
				return true;
	return false;
}

static void evict(lexo_db *db)
{
	struct lx_statement **oldest = NULL;
	for (uint32_t i = 0; i < db->statement_slots; i++) {
		for (struct lx_statement **at = &db->statements[i]; *at; at = &(*at)->next) {
			if (!oldest || (*at)->used < (*oldest)->used)
				oldest = at;
		}
	}
	if (!oldest)
		return;
	struct lx_statement *statement = *oldest;
	*oldest = statement->next;
	if ((statement->is_prepared || statement->is_stale) && !has_twin(db, statement))
		deallocate(db, statement->name);
	drop(db, statement);
	db->statement_count--;
}

static const char *const verbs[] = {
    [LX_VERB_INSERT] = "insert",
    [LX_VERB_GET] = "get",
    [LX_VERB_UPDATE] = "update",
    [LX_VERB_DELETE] = "delete",
    [LX_VERB_LIST] = "list",
    [LX_VERB_FIND] = "find",
    [LX_VERB_INSERT_MANY] = "insert_many",
    [LX_VERB_GET_MANY] = "get_many",
    [LX_VERB_UPSERT] = "upsert",
    [LX_VERB_COUNT] = "count",
    [LX_VERB_STREAM] = "stream",
    [LX_VERB_EXPORT] = "stream",
    [LX_VERB_COPY] = "copy",
    [LX_VERB_UPDATE_WHERE] = "update_where",
    [LX_VERB_DELETE_WHERE] = "delete_where",
    [LX_VERB_LOAD_MANY] = "load_many",
    [LX_VERB_QUERY] = "", /* the model is called as the function is */
};

static char *label_of(lexo_db *db, const struct lx_request *request)
{
	bool is_key_verb = request->verb == LX_VERB_GET || request->verb == LX_VERB_LIST;
	const char *verb = is_key_verb && request->key ? request->key->verb : verbs[request->verb];
	size_t name_length = strlen(request->model->name), verb_length = strlen(verb);
	char *label = lx_db_alloc(db, NULL, name_length + verb_length + 2);
	if (!label)
		return NULL;
	memcpy(label, request->model->name, name_length + 1);
	if (verb_length) {
		label[name_length] = '_';
		memcpy(label + name_length + 1, verb, verb_length + 1);
	}
	return label;
}

static struct lx_statement *make(lexo_db *db, const struct lx_request *request, uint64_t hash)
{
	size_t mask_size = request->mask_words * sizeof request->mask[0];
	size_t where_size = request->where_count * sizeof request->where[0];
	struct lx_statement *statement = lx_db_alloc(db, NULL, sizeof *statement + mask_size + where_size);
	if (!statement)
		return NULL;
	memset(statement, 0, sizeof *statement);
	statement->hash = hash;
	statement->model = request->model;
	statement->key = request->key;
	statement->shape = shape_of(request);
	statement->has_rows = request->has_rows;
	statement->has_extra = request->has_extra;
	statement->mask_words = request->mask_words;
	statement->is_partial = request->is_partial;
	statement->where_count = request->where_count;
	statement->where = (uint32_t *)(void *)(statement->mask + request->mask_words);
	if (mask_size)
		memcpy(statement->mask, request->mask, mask_size);
	if (where_size)
		memcpy(statement->where, request->where, where_size);
	for (uint32_t i = 0; i < request->model->column_count; i++)
		statement->has_secrets = statement->has_secrets || request->model->columns[i].flags & LEXO_SECRET;
	statement->label = label_of(db, request);
	statement->sql = statement->label ? lx_compose(db, request) : NULL;
	if (statement->sql)
		return statement;
	drop(db, statement);
	return NULL;
}

static bool make_table(lexo_db *db)
{
	uint32_t slots = 16;
	while (slots < db->statement_limit && slots < LARGEST_TABLE)
		slots *= 2;
	db->statements = lx_db_alloc(db, NULL, slots * sizeof(struct lx_statement *));
	if (!db->statements)
		return false;
	memset(db->statements, 0, slots * sizeof(struct lx_statement *));
	db->statement_slots = slots;
	return true;
}

struct lx_statement *lx_statement_find(lexo_db *db, const struct lx_request *request)
{
	if (!db->statements && !make_table(db)) {
		lx_db_nomem(db);
		return NULL;
	}
	uint64_t hash = hash_of(request);
	struct lx_statement **slot = &db->statements[hash & (db->statement_slots - 1)];
	for (struct lx_statement *statement = *slot; statement; statement = statement->next) {
		if (!is_for(statement, request, hash))
			continue;
		statement->used = ++db->tick;
		return statement;
	}
	/* a DEALLOCATE that fails would take the caller's transaction with it, so the limit waits for its end; a batch
	 * still needs its statements */
	while (db->statement_count >= db->statement_limit && PQtransactionStatus(db->pg) == PQTRANS_IDLE &&
	       !lx_batch_is_open(db))
		evict(db);
	struct lx_statement *statement = make(db, request, hash);
	if (!statement) {
		lx_db_nomem(db);
		return NULL;
	}
	statement->used = ++db->tick;
	statement->next = *slot;
	*slot = statement;
	db->statement_count++;
	return statement;
}

lexo_rc lx_statement_prepare(lexo_db *db, struct lx_statement *statement, const struct lx_parameters *parameters)
{
	if (statement->is_prepared)
		return LEXO_OK;
	set_name(statement, parameters);
	if (!statement->is_stale && has_twin(db, statement)) {
		statement->is_prepared = true;
		return LEXO_OK;
	}
	if (statement->is_stale)
		deallocate(db, statement->name);
	PGresult *result =
	    PQprepare(db->pg, statement->name, statement->sql, (int)parameters->count, parameters->types);
	const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	lexo_rc rc = LEXO_OK;
	/* 42P05: there already, by a handle that used this connection before; its text is the same, as names are hashes
	 */
	if (PQresultStatus(result) != PGRES_COMMAND_OK && !(sqlstate && strcmp(sqlstate, "42P05") == 0))
		rc = lx_db_fail_result(db, result, statement->sql);
	PQclear(result);
	statement->is_prepared = rc == LEXO_OK;
	statement->is_stale = statement->is_stale && rc != LEXO_OK;
	return rc;
}

void lx_statement_forget(lexo_db *db, const struct lx_statement *statement)
{
	for (uint32_t i = 0; i < db->statement_slots; i++)
		for (struct lx_statement *other = db->statements[i]; other; other = other->next)
			if (strcmp(other->name, statement->name) == 0)
				other->is_prepared = false;
}

bool lx_statement_is_there(const lexo_db *db, struct lx_statement *statement, const struct lx_parameters *parameters)
{
	set_name(statement, parameters);
	return has_twin(db, statement);
}

bool lx_statement_send_prepare(lexo_db *db, struct lx_statement *statement, const struct lx_parameters *parameters)
{
	return PQsendPrepare(db->pg, statement->name, statement->sql, (int)parameters->count, parameters->types);
}

/* The type of COLUMN's values has another OID in each database. */
static bool has_user_type(const lexo_column *column)
{
	return (column->codec == LEXO_CODEC_ENUM || column->codec == LEXO_CODEC_COMPOSITE) &&
	       column->row != LEXO_NOWHERE && !(column->flags & LEXO_AS_TEXT);
}

enum { TYPE_OID, TYPE_ARRAY, TYPE_SCHEMA, TYPE_NAME, TYPE_FIELDS };
static const char user_types[] = "SELECT t.oid, t.typarray, n.nspname, t.typname FROM pg_catalog.pg_type AS t"
				 " JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace"
				 " LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid"
				 " WHERE t.typtype = 'e' OR c.relkind = 'c'";

/* 0: there is none, or they are not known yet. */
static uint32_t user_oid(const lexo_db *db, const lexo_column *column)
{
	bool is_enum = column->codec == LEXO_CODEC_ENUM;
	const char *schema = is_enum ? column->type.labels->schema : column->type.composite->schema;
	const char *name = is_enum ? column->type.labels->name : column->type.composite->name;
	for (int i = 0; db->types && i < PQntuples(db->types); i++) {
		if (strcmp(PQgetvalue(db->types, i, TYPE_NAME), name) == 0 &&
		    strcmp(PQgetvalue(db->types, i, TYPE_SCHEMA), schema) == 0) {
			uint32_t oid = 0;
			int field = column->flags & LEXO_ARRAY ? TYPE_ARRAY : TYPE_OID;
			for (const char *at = PQgetvalue(db->types, i, field); *at >= '0' && *at <= '9'; at++)
				oid = oid * 10 + (uint32_t)(*at - '0');
			return oid;
		}
	}
	return 0;
}

static lexo_rc mismatch(lexo_db *db, const struct lx_statement *statement, const char *message, const char *column)
{
	/* types may have been made anew: ask again next time */
	PQclear(db->types);
	db->types = NULL;
	return lx_db_fail_at(db, LEXO_E_SCHEMA_MISMATCH, message, column, statement->sql);
}

lexo_rc lx_statement_types(lexo_db *db, const struct lx_statement *statement)
{
	bool is_loaded = false;
	for (uint32_t i = 0; i < statement->model->column_count; i++) {
		const lexo_column *column = &statement->model->columns[i];
		if (is_loaded || !has_user_type(column) || user_oid(db, column))
			continue;
		PGresult *types = NULL;
		lexo_rc rc = lx_db_command(db, user_types, &types);
		if (rc != LEXO_OK)
			return rc;
		PQclear(db->types);
		db->types = types;
		if (PQnfields(types) != TYPE_FIELDS)
			return mismatch(db, statement, "the server's own types cannot be read", NULL);
		is_loaded = true;
	}
	return LEXO_OK;
}

/* QUOTED as SQL has it, or plain where that needs no quotes. */
static bool is_name(const char *quoted, const char *name)
{
	if (*quoted != '"')
		return strcmp(quoted, name) == 0;
	for (quoted++; *name && *quoted; quoted++, name++) {
		if (*quoted != *name)
			return false;
		quoted += *quoted == '"';
	}
	return !*name && *quoted == '"';
}

lexo_rc lx_statement_verify(lexo_db *db, struct lx_statement *statement, const PGresult *result, int format)
{
	const lexo_model *model = statement->model;
	const uint64_t *omits = lx_statement_omits(statement);
	int field = 0, fields = PQnfields(result);
	for (uint32_t i = 0; i < model->column_count; i++) {
		const lexo_column *column = &model->columns[i];
		if (column->row == LEXO_NOWHERE || (omits && omits[i / 64] >> (i % 64) & 1))
			continue;
		uint32_t known = has_user_type(column) ? user_oid(db, column) : 0;
		if (field >= fields || PQfformat(result, field) != format ||
		    !lx_codec_accepts(column, PQftype(result, field), known))
			return mismatch(db, statement, "the column has another type than the code was generated for",
					column->name);
		/* SQL of lexo's own has the columns in their order; that of the models may not */
		if (model->sql && !is_name(column->name, PQfname(result, field)))
			return mismatch(db, statement, "the query gives another column in its place", column->name);
		field++;
	}
	fields -= statement->has_extra ? 1 : 0;
	if (field != fields && (field || fields != 1)) /* a NULL stands for a row without columns where SQL wants one */
		return mismatch(db, statement, "the result has too many columns", NULL);
	statement->is_verified = true;
	return LEXO_OK;
}
