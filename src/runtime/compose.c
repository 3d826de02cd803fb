/* SQL from a model's tables.  Everything here is fixed text, a parameter number, or a name that was quoted when the
 * tables were generated.  Columns are qualified by the alias "t": in ORDER BY a bare name would mean the result column,
 * which for types that travel as text is the text.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/compose.h"

#include <string.h>

void lx_text_put(struct lx_text *text, const char *piece)
{
	size_t length = strlen(piece), need = text->length + length + 1;
	if (text->failed)
		return;
	if (need > text->capacity) {
		size_t capacity = need > SIZE_MAX / 2 ? need : need * 2;
		char *data = lx_db_alloc(text->db, text->data, capacity);
		if (!data) {
			text->failed = true;
			return;
		}
		text->data = data;
		text->capacity = capacity;
	}
	memcpy(text->data + text->length, piece, length + 1);
	text->length += length;
}

void lx_text_parameter(struct lx_text *text)
{
	char digits[16], *at = digits + sizeof digits - 1;
	unsigned number = ++text->parameters;
	*at = 0;
	for (; number; number /= 10)
		*--at = (char)('0' + number % 10);
	*--at = '$';
	lx_text_put(text, at);
}

void lx_text_compared(struct lx_text *text, const lexo_column *column)
{
	lx_text_parameter(text);
	if (column->codec != LEXO_CODEC_COMPOSITE)
		return;
	lx_text_put(text, "::");
	lx_text_put(text, column->type.composite->sql);
	lx_text_put(text, column->flags & LEXO_ARRAY ? "[]" : "");
}

static bool is_omitted(const struct lx_request *request, uint32_t column)
{
	return request->is_partial && request->mask[column / 64] >> (column % 64) & 1;
}

static void put_row(struct lx_text *text, const struct lx_request *request)
{
	const lexo_model *model = request->model;
	const char *separator = "";
	for (uint32_t i = 0; i < model->column_count; i++) {
		const lexo_column *column = &model->columns[i];
		if (column->row == LEXO_NOWHERE || is_omitted(request, i))
			continue;
		lx_text_put(text, separator);
		lx_text_put(text, "t.");
		lx_text_put(text, column->name);
		if (column->flags & LEXO_AS_TEXT)
			lx_text_put(text, column->flags & LEXO_ARRAY ? "::text[]" : "::text");
		separator = ", ";
	}
}

/* Where at least one column must stand. */
static void put_any_row(struct lx_text *text, const struct lx_request *request)
{
	size_t before = text->length;
	put_row(text, request);
	lx_text_put(text, text->length == before ? "NULL" : "");
}

static void put_where(struct lx_text *text, const struct lx_request *request)
{
	const lexo_key *key = request->key;
	for (uint32_t i = 0; key && i < key->column_count; i++) {
		const lexo_column *column = &request->model->columns[key->columns[i]];
		lx_text_put(text, i ? " AND t." : " WHERE t.");
		lx_text_put(text, column->name);
		lx_text_put(text, " = ");
		lx_text_compared(text, column);
	}
}

static bool is_version(const lexo_column *column)
{
	return column->flags & LEXO_VERSION;
}

/* "version = t.version + 1", of each column that counts changes and is not in the half of the mask that begins at word
 * AT. */
static const char *put_versions(struct lx_text *text, const struct lx_request *request, uint32_t at,
				const char *separator)
{
	for (uint32_t i = 0; i < request->model->column_count; i++) {
		const lexo_column *column = &request->model->columns[i];
		if (!is_version(column) || request->mask[at + i / 64] >> (i % 64) & 1)
			continue;
		lx_text_put(text, separator);
		lx_text_put(text, column->name);
		lx_text_put(text, " = t.");
		lx_text_put(text, column->name);
		lx_text_put(text, " + 1");
		separator = ", ";
	}
	return separator;
}

/* The version that is to be changed: only of a row that was looked up. */
static void put_wanted_version(struct lx_text *text, const struct lx_request *request)
{
	for (uint32_t i = 0; request->has_version && i < request->model->column_count; i++) {
		if (!is_version(&request->model->columns[i]))
			continue;
		lx_text_put(text, " AND t.");
		lx_text_put(text, request->model->columns[i].name);
		lx_text_put(text, " = ");
		lx_text_parameter(text);
	}
}

static void put_order(struct lx_text *text, const struct lx_request *request)
{
	const lexo_model *model = request->model;
	const lexo_key *key = model->primary_key;
	bool is_descending = request->order && request->order % 2 == 0;
	uint32_t first = request->order ? (request->order - 1) / 2 : LEXO_NOWHERE;
	const char *separator = " ORDER BY ";
	if (first != LEXO_NOWHERE) {
		lx_text_put(text, separator);
		lx_text_put(text, "t.");
		lx_text_put(text, model->columns[first].name);
		lx_text_put(text, is_descending ? " DESC" : "");
		separator = ", ";
	}
	if (!request->order && request->verb != LX_VERB_LIST)
		return;
	for (uint32_t i = 0; key && i < key->column_count; i++) {
		if (key->columns[i] == first)
			continue;
		lx_text_put(text, separator);
		lx_text_put(text, "t.");
		lx_text_put(text, model->columns[key->columns[i]].name);
		lx_text_put(text, is_descending ? " DESC" : "");
		separator = ", ";
	}
}

static void put_limit(struct lx_text *text, const struct lx_request *request)
{
	if (!request->is_limited)
		return;
	lx_text_put(text, " LIMIT ");
	lx_text_parameter(text);
	if (request->verb == LX_VERB_LIST)
		return;
	lx_text_put(text, " OFFSET ");
	lx_text_parameter(text);
}

static void put_select(struct lx_text *text, const struct lx_request *request)
{
	lx_text_put(text, "SELECT ");
	put_row(text, request);
	lx_text_put(text, " FROM ");
	lx_text_put(text, request->model->relation);
	lx_text_put(text, " AS t");
	put_where(text, request);
	lx_text_where(text, request);
	if (request->verb != LX_VERB_GET)
		put_order(text, request);
	put_limit(text, request);
	static const char *const locks[LEXO_LOCK_COUNT] = {
	    [LEXO_LOCK_NONE] = "",
	    [LEXO_LOCK_UPDATE] = " FOR UPDATE OF t",
	    [LEXO_LOCK_UPDATE_NOWAIT] = " FOR UPDATE OF t NOWAIT",
	    [LEXO_LOCK_UPDATE_SKIP_LOCKED] = " FOR UPDATE OF t SKIP LOCKED",
	    [LEXO_LOCK_NO_KEY_UPDATE] = " FOR NO KEY UPDATE OF t",
	    [LEXO_LOCK_SHARE] = " FOR SHARE OF t",
	    [LEXO_LOCK_KEY_SHARE] = " FOR KEY SHARE OF t",
	};
	lx_text_put(text, locks[request->lock]);
}

static bool is_written(const struct lx_request *request, uint32_t column)
{
	return request->mask[column / 64] >> (column % 64) & 1;
}

static void put_insert(struct lx_text *text, const struct lx_request *request)
{
	const lexo_model *model = request->model;
	unsigned count = 0;
	lx_text_put(text, "INSERT INTO ");
	lx_text_put(text, model->relation);
	lx_text_put(text, " AS t");
	for (uint32_t i = 0; i < model->column_count; i++) {
		if (!is_written(request, i))
			continue;
		lx_text_put(text, count++ ? ", " : " (");
		lx_text_put(text, model->columns[i].name);
	}
	lx_text_put(text, count ? ") VALUES " : " DEFAULT VALUES");
	for (uint32_t row = 0; count && row < (request->row_count ? request->row_count : 1); row++) {
		lx_text_put(text, row ? ", (" : "(");
		for (unsigned i = 0; i < count; i++) {
			lx_text_put(text, i ? ", " : "");
			lx_text_parameter(text);
		}
		lx_text_put(text, ")");
	}
}

/* An existing row gets the columns of the second mask; with none it is written as it was, so that it is returned. */
static void put_conflict(struct lx_text *text, const struct lx_request *request)
{
	const lexo_model *model = request->model;
	const char *separator = " DO UPDATE SET ";
	for (uint32_t i = 0; i < request->key->column_count; i++) {
		lx_text_put(text, i ? ", " : " ON CONFLICT (");
		lx_text_put(text, model->columns[request->key->columns[i]].name);
	}
	lx_text_put(text, ")");
	for (uint32_t i = 0; i < model->column_count; i++) {
		if (!(request->mask[request->update_at + i / 64] >> (i % 64) & 1))
			continue;
		lx_text_put(text, separator);
		lx_text_put(text, model->columns[i].name);
		lx_text_put(text, " = EXCLUDED.");
		lx_text_put(text, model->columns[i].name);
		separator = ", ";
	}
	separator = put_versions(text, request, request->update_at, separator);
	for (uint32_t i = 0; *separator == ' ' && i < request->key->column_count; i++) {
		const char *name = model->columns[request->key->columns[i]].name;
		lx_text_put(text, i ? ", " : separator);
		lx_text_put(text, name);
		lx_text_put(text, " = t.");
		lx_text_put(text, name);
	}
}

/* The places of the keys come back as numbers: what is equal for the server need not be so byte by byte. */
static void put_keys(struct lx_text *text, const struct lx_request *request)
{
	bool is_composite = request->model->columns[request->key->columns[0]].codec == LEXO_CODEC_COMPOSITE;
	lx_text_put(text, "SELECT ");
	put_any_row(text, request);
	/* unnest() would make columns of the members */
	lx_text_put(text, is_composite ? ", k.o FROM (SELECT a.v[o], o::pg_catalog.int8 FROM (SELECT "
				       : ", k.o FROM pg_catalog.unnest(");
	lx_text_parameter(text);
	if (request->key->array_type) {
		lx_text_put(text, "::");
		lx_text_put(text, request->key->array_type);
	}
	lx_text_put(text, is_composite ? ") AS a(v), pg_catalog.generate_series(1, pg_catalog.cardinality(a.v)) AS o)"
				       : ") WITH ORDINALITY");
	lx_text_put(text, " AS k(v, o)");
}

static void put_get_many(struct lx_text *text, const struct lx_request *request)
{
	put_keys(text, request);
	lx_text_put(text, " JOIN ");
	lx_text_put(text, request->model->relation);
	lx_text_put(text, " AS t ON t.");
	lx_text_put(text, request->model->columns[request->key->columns[0]].name);
	lx_text_put(text, " = k.v");
}

/* A LIMIT inside is one for each key; with an index on the key and the order it reads no more than it gives. */
static void put_load_many(struct lx_text *text, const struct lx_request *request)
{
	put_keys(text, request);
	lx_text_put(text, " CROSS JOIN LATERAL (SELECT t.* FROM (SELECT r.* FROM ");
	lx_text_put(text, request->model->relation);
	lx_text_put(text, " AS r WHERE r.");
	lx_text_put(text, request->model->columns[request->key->columns[0]].name);
	lx_text_put(text, " = k.v) AS t");
	lx_text_where(text, request);
	put_order(text, request);
	put_limit(text, request);
	lx_text_put(text, ") AS t");
}

static void put_count(struct lx_text *text, const struct lx_request *request)
{
	lx_text_put(text, "SELECT pg_catalog.count(*) FROM ");
	lx_text_put(text, request->is_limited ? "(SELECT FROM " : "");
	lx_text_put(text, request->model->relation);
	lx_text_put(text, " AS t");
	lx_text_where(text, request);
	if (!request->is_limited)
		return;
	put_limit(text, request);
	lx_text_put(text, ") AS t");
}

static void put_copy(struct lx_text *text, const struct lx_request *request)
{
	const char *separator = " (";
	lx_text_put(text, "COPY ");
	lx_text_put(text, request->model->relation);
	for (uint32_t i = 0; i < request->model->column_count; i++) {
		if (!is_written(request, i))
			continue;
		lx_text_put(text, separator);
		lx_text_put(text, request->model->columns[i].name);
		separator = ", ";
	}
	lx_text_put(text, request->is_text ? ") FROM STDIN" : ") FROM STDIN (FORMAT binary)");
}

static void put_update(struct lx_text *text, const struct lx_request *request)
{
	const char *separator = " AS t SET ";
	lx_text_put(text, "UPDATE ");
	lx_text_put(text, request->model->relation);
	for (uint32_t i = 0; i < request->model->column_count; i++) {
		if (!is_written(request, i))
			continue;
		lx_text_put(text, separator);
		lx_text_put(text, request->model->columns[i].name);
		lx_text_put(text, " = ");
		lx_text_parameter(text);
		separator = ", ";
	}
	put_versions(text, request, 0, separator);
	put_where(text, request);
	put_wanted_version(text, request);
	lx_text_where(text, request);
}

static void put_upsert(struct lx_text *text, const struct lx_request *request)
{
	put_insert(text, request);
	put_conflict(text, request);
}

static void put_delete(struct lx_text *text, const struct lx_request *request)
{
	lx_text_put(text, "DELETE FROM ");
	lx_text_put(text, request->model->relation);
	lx_text_put(text, " AS t");
	put_where(text, request);
	lx_text_where(text, request);
}

static void put_export(struct lx_text *text, const struct lx_request *request)
{
	put_select(text, request);
	lx_text_put(text, " LIMIT 0; COPY (");
	put_select(text, request);
	lx_text_put(text, ") TO STDOUT (FORMAT binary)");
}

static void put_query(struct lx_text *text, const struct lx_request *request)
{
	lx_text_put(text, request->model->sql);
}

static const struct {
	void (*put)(struct lx_text *text, const struct lx_request *request);
	bool is_returning; /* writes rows that it may give back */
} verbs[] = {
    [LX_VERB_INSERT] = {put_insert, true},        [LX_VERB_INSERT_MANY] = {put_insert, true},
    [LX_VERB_UPSERT] = {put_upsert, true},        [LX_VERB_UPDATE] = {put_update, true},
    [LX_VERB_UPDATE_WHERE] = {put_update, false}, [LX_VERB_DELETE] = {put_delete, false},
    [LX_VERB_DELETE_WHERE] = {put_delete, false}, [LX_VERB_GET] = {put_select, false},
    [LX_VERB_LIST] = {put_select, false},         [LX_VERB_FIND] = {put_select, false},
    [LX_VERB_STREAM] = {put_select, false},       [LX_VERB_EXPORT] = {put_export, false},
    [LX_VERB_GET_MANY] = {put_get_many, false},   [LX_VERB_LOAD_MANY] = {put_load_many, false},
    [LX_VERB_COUNT] = {put_count, false},         [LX_VERB_COPY] = {put_copy, false},
    [LX_VERB_QUERY] = {put_query, false},
};

char *lx_compose(lexo_db *db, const struct lx_request *request)
{
	struct lx_text text = {.db = db};
	verbs[request->verb].put(&text, request);
	if (request->has_rows && verbs[request->verb].is_returning) {
		lx_text_put(&text, " RETURNING ");
		put_any_row(&text, request);
		/* an inserted row has been locked or deleted by nobody */
		lx_text_put(&text, request->has_extra ? ", t.xmax = 0" : "");
	}
	if (!text.failed)
		return text.data;
	lx_db_alloc(db, text.data, 0);
	return NULL;
}
