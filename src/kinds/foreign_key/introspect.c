/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/foreign_key/foreign_key.h"
#include "kinds/key/key.h"

enum {
	OID,
	TABLE,
	NAME,
	TARGET,
	COLUMNS,
	TARGET_COLUMNS,
	ON_UPDATE,
	ON_DELETE,
	ON_DELETE_COLUMNS,
	MATCH,
	IS_DEFERRABLE,
	IS_DEFERRED,
	IS_VALID,
	IS_ENFORCED,
	IS_PERIOD
};

static int action(char letter)
{
	switch (letter) {
	case 'r':
		return LX_RESTRICT;
	case 'c':
		return LX_CASCADE;
	case 'n':
		return LX_SET_NULL;
	case 'd':
		return LX_SET_DEFAULT;
	default:
		return LX_NO_ACTION;
	}
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	uint32_t table = lx_row_oid(row, TABLE), target = lx_row_oid(row, TARGET);
	struct lx_object *parent = lx_catalog_find(catalog, LX_PG_CLASS, table, 0);
	if (!parent)
		return;
	struct lx_foreign_key *key = lx_catalog_new(catalog, LX_KIND_FOREIGN_KEY, parent, NULL, lx_row_text(row, NAME));
	key->columns = lx_row_columns(row, COLUMNS, table);
	key->target = lx_catalog_find(catalog, LX_PG_CLASS, target, 0);
	key->target_columns = lx_row_columns(row, TARGET_COLUMNS, target);
	key->on_update = action(lx_row_char(row, ON_UPDATE));
	key->on_delete = action(lx_row_char(row, ON_DELETE));
	key->on_delete_columns = lx_row_columns(row, ON_DELETE_COLUMNS, table);
	key->is_match_full = lx_row_char(row, MATCH) == 'f';
	key->is_period = lx_row_bool(row, IS_PERIOD);
	key->deferrable = lx_row_bool(row, IS_DEFERRED)     ? LX_INITIALLY_DEFERRED
			  : lx_row_bool(row, IS_DEFERRABLE) ? LX_DEFERRABLE
							    : LX_NOT_DEFERRABLE;
	key->is_not_enforced = !lx_row_bool(row, IS_ENFORCED);
	key->is_not_valid = !key->is_not_enforced && !lx_row_bool(row, IS_VALID);
	if (key->target)
		lx_catalog_add(catalog, &key->base, LX_PG_CONSTRAINT, lx_row_oid(row, OID), 0);
}

/* Those with a parent are of partitions, which have them from their table, or stand for the partitions of the target.
 */
const struct lx_kind_catalog lx_foreign_key_catalog = {
    .query = "SELECT k.oid, k.conrelid, k.conname, k.confrelid, k.conkey, k.confkey, k.confupdtype, k.confdeltype,"
	     " {15+|k.confdelsetcols|NULL}, k.confmatchtype, k.condeferrable, k.condeferred, k.convalidated,"
	     " {18+|k.conenforced|true}, {18+|k.conperiod|false} FROM pg_catalog.pg_constraint k"
	     " WHERE k.contype = 'f' AND k.conparentid = 0 AND " LX_USER_SCHEMA(
		 "k.connamespace") " ORDER BY k.conrelid, k.conname",
    .read = read,
};
