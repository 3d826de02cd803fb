/* A foreign key.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_FOREIGN_KEY_H
#define LX_KINDS_FOREIGN_KEY_H
#include "ir/schema.h"

enum {
	LX_FOREIGN_KEY_COLUMNS,
	LX_FOREIGN_KEY_TARGET,
	LX_FOREIGN_KEY_TARGET_COLUMNS,
	LX_FOREIGN_KEY_ON_DELETE,
	LX_FOREIGN_KEY_ON_DELETE_COLUMNS,
	LX_FOREIGN_KEY_ON_UPDATE,
	LX_FOREIGN_KEY_MATCH_FULL,
	LX_FOREIGN_KEY_PERIOD,
	LX_FOREIGN_KEY_DEFERRABLE,
	LX_FOREIGN_KEY_NOT_VALID,
	LX_FOREIGN_KEY_NOT_ENFORCED,
	LX_FOREIGN_KEY_AS,
	LX_FOREIGN_KEY_INVERSE,
	LX_FOREIGN_KEY_ATTRS
};
enum lx_foreign_key_action { LX_NO_ACTION, LX_RESTRICT, LX_CASCADE, LX_SET_NULL, LX_SET_DEFAULT };
struct lx_foreign_key {
	struct lx_object base;
	struct lx_vec columns;        /* const char * */
	struct lx_object *target;     /* the table (of the same IR), set by resolve */
	struct lx_vec target_columns; /* const char * */
	int on_delete;
	struct lx_vec
	    on_delete_columns; /* const char *: what set_null and set_default set; none: all.  PostgreSQL 15 */
	int on_update;
	bool is_match_full;
	bool is_period; /* @period: the last column is a range inside of those referred to; PostgreSQL 18 */
	int deferrable;
	bool is_not_valid;    /* @not_valid: holds for new rows, nobody has looked at the old ones */
	bool is_not_enforced; /* @not_enforced: is said, not checked; PostgreSQL 18 */
	const char *as;       /* @as(owner): name of the relation seen from here; C only */
	const char *inverse;  /* @inverse(documents): seen from the other side; C only */
};
#endif
