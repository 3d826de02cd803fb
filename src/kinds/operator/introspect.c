/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"

#include "base/arena.h"
#include "kinds/composite/composite.h"
#include "kinds/function/signature.h"
#include "kinds/operator/operator.h"

enum { OID, SCHEMA, NAME, SIGNATURE, OPTIONS, LEFT, RIGHT = LEFT + 3 };

static void read_operand(const struct lx_row *row, int column, struct lx_operator *operator)
{
	struct lx_catalog *catalog = lx_row_catalog(row);
	if (!lx_row_oid(row, column))
		return;
	struct lx_field *field = LX_NEW(lx_catalog_arena(catalog), struct lx_field);
	field->name = lx_catalog_intern(catalog, "");
	lx_row_type(row, column, &field->type);
	lx_vec_push(lx_catalog_arena(catalog), &operator->operands, field);
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_operator *operator=
	    lx_catalog_new(catalog, LX_KIND_OPERATOR, NULL, lx_row_text(row, SCHEMA), lx_row_text(row, NAME));
	read_operand(row, LEFT, operator);
	read_operand(row, RIGHT, operator);
	operator->options = lx_row_options(row, OPTIONS);
	operator->base.signature = lx_row_text(row, SIGNATURE);
	lx_catalog_add(catalog, &operator->base, LX_PG_OPERATOR, lx_row_oid(row, OID), 0);
}

/* The types are known now: the signature is the one that models make. */
static void finish(struct lx_catalog *catalog)
{
	struct lx_schema *schema = lx_catalog_schema(catalog);
	LX_EACH (struct lx_object *, object, &schema->objects) {
		if (object->kind != LX_KIND_OPERATOR)
			continue;
		object->signature = lx_function_signature(schema, &((struct lx_operator *)object)->operands);
		lx_schema_index(schema, object);
	}
}

#define FUNCTION(key, oid)                                                                                             \
	"'" key "=' || (SELECT " LX_REFERENCE("f.pronamespace", "f.proname")                                            \
	" FROM pg_catalog.pg_proc f WHERE f.oid = o." oid "),"
#define OPERATOR(key, oid)                                                                                             \
	"'" key "=' || (SELECT c.oprnamespace::regnamespace::text || '.' || c.oprname FROM pg_catalog.pg_operator c"    \
	" WHERE c.oid = o." oid "),"

/* An operator without a function is only a name that another one's commutator or negator has. */
const struct lx_kind_catalog lx_operator_catalog = {
    .query =
	"SELECT o.oid, n.nspname, o.oprname, '(' || o.oprleft::text || ',' || o.oprright::text || ')',"
	" array_remove(ARRAY[" FUNCTION("function", "oprcode") FUNCTION("restrict", "oprrest") FUNCTION("join", "oprjoin")
	OPERATOR("commutator", "oprcom") OPERATOR("negator", "oprnegate")
	"CASE WHEN o.oprcanhash THEN 'hashes=true' END, CASE WHEN o.oprcanmerge THEN 'merges=true' END], NULL),"
	" " LX_TYPE("o.oprleft", "NULL::int4") ", " LX_TYPE("o.oprright", "NULL::int4")
	" FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace"
	" WHERE o.oprcode <> 0 AND " LX_USER_SCHEMA("o.oprnamespace") " AND "
	LX_NOT_MEMBER("'pg_catalog.pg_operator'::regclass", "o.oid")
	" ORDER BY n.nspname, o.oprname, o.oprleft::regtype::text, o.oprright::regtype::text",
    .read = read,
    .finish = finish,
};
