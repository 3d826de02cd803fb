/* A foreign key.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_FOREIGN_KEY_H
#define LX_KINDS_FOREIGN_KEY_H
#include "ir/schema.h"

enum {
	LX_FOREIGN_KEY_COLUMNS, LX_FOREIGN_KEY_TARGET, LX_FOREIGN_KEY_TARGET_COLUMNS, LX_FOREIGN_KEY_ON_DELETE,
	LX_FOREIGN_KEY_ON_UPDATE, LX_FOREIGN_KEY_MATCH_FULL, LX_FOREIGN_KEY_DEFERRABLE, LX_FOREIGN_KEY_AS,
	LX_FOREIGN_KEY_INVERSE, LX_FOREIGN_KEY_ATTRS
};
enum lx_foreign_key_action { LX_NO_ACTION, LX_RESTRICT, LX_CASCADE, LX_SET_NULL, LX_SET_DEFAULT };
struct lx_foreign_key {
	struct lx_object base;
	struct lx_vec columns;	      /* const char * */
	struct lx_object *target;     /* the table (of the same IR), set by resolve */
	struct lx_vec target_columns; /* const char * */
	int on_delete;
	int on_update;
	bool is_match_full;
	int deferrable;
	const char *as;	     /* @as(owner): name of the relation seen from here; C only */
	const char *inverse; /* @inverse(documents): seen from the other side; C only */
};
#endif
