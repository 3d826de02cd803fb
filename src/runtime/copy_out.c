/* COPY TO STDOUT in binary format: a stream for half the work of a row each in a PGresult.  COPY takes no parameters,
 * so this is for statements that have none, and it says nothing about types, so an empty SELECT of the same columns
 * goes ahead of it in the same implicit transaction, whose locks keep the types as they are.  PostgreSQL docs, COPY,
 * "Binary Format"; protocol, "Multiple Statements in a Simple Query".
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "runtime/stream.h"

lexo_rc lx_copy_out_start(lexo_stream *stream)
{
	lexo_db *db = stream->db;
	struct lx_statement *statement = stream->statement;
	lexo_rc rc = lx_statement_types(db, statement);
	if (rc != LEXO_OK)
		return rc;
	if (!PQsendQuery(db->pg, statement->sql))
		return lx_db_fail_result(db, NULL, statement->sql);
	PGresult *result = PQgetResult(db->pg);
	int columns = PQnfields(result);
	if (PQresultStatus(result) == PGRES_TUPLES_OK)
		rc = lx_statement_verify(db, statement, result, 0);
	else
		rc = lx_db_fail_result(db, result, statement->sql);
	PQclear(result);
	statement->is_verified = false; /* each stream asks anew */
	if (rc != LEXO_OK)
		return rc;
	result = PQgetResult(db->pg);
	if (PQresultStatus(result) != PGRES_COPY_OUT || !PQbinaryTuples(result) || PQnfields(result) != columns)
		rc = lx_db_fail_result(db, result, statement->sql);
	PQclear(result);
	return rc;
}

/* Takes the header off what came first; false: it is none. */
static bool take_header(lexo_stream *stream, char **at, size_t *left)
{
	static const char signature[11] = "PGCOPY\n\377\r\n"; /* and the NUL */
	enum { FIXED = 19, CRITICAL = 16 };
	if (stream->has_header)
		return true;
	if (*left < FIXED || memcmp(*at, signature, sizeof signature) != 0 || lx_get32(*at + 11) >> CRITICAL)
		return false;
	size_t extension = lx_get32(*at + 15);
	if (extension > *left - FIXED)
		return false;
	*at += FIXED + extension;
	*left -= FIXED + extension;
	return stream->has_header = true;
}

static lexo_rc take_end(lexo_stream *stream, int why)
{
	lexo_db *db = stream->db;
	if (why != -1)
		return lx_db_fail_result(db, NULL, stream->statement->sql);
	PGresult *result = PQgetResult(db->pg);
	lexo_rc rc = LEXO_DONE;
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		rc = lx_db_fail_result(db, result, stream->statement->sql);
	PQclear(result);
	return rc;
}

lexo_rc lx_copy_out_next(lexo_stream *stream)
{
	static const char trailer[2] = {'\377', '\377'};
	lexo_db *db = stream->db;
	struct lx_statement *statement = stream->statement;
	const lexo_column *column = NULL;
	for (;;) {
		PQfreemem(stream->copied);
		stream->copied = NULL;
		int length = PQgetCopyData(db->pg, &stream->copied, 0);
		if (length < 0)
			return take_end(stream, length);
		char *at = stream->copied;
		size_t left = (size_t)length;
		bool is_good = take_header(stream, &at, &left);
		if (is_good && (left == 0 || (left == sizeof trailer && memcmp(at, trailer, sizeof trailer) == 0)))
			continue;
		enum lx_decoded decoded = LX_DECODE_BAD;
		if (is_good) /* the server sends a row in a message */
			decoded = lx_decode_copied(statement->model, lx_statement_omits(statement), at, left,
						   stream->arena, stream->row, &column);
		if (decoded == LX_DECODED)
			return LEXO_ROW;
		if (column)
			return lx_statement_undecoded(db, statement, column, decoded);
		return lx_db_fail_at(db, LEXO_E_DECODE, "a row that is none in COPY's binary format", NULL,
				     statement->sql);
	}
}
