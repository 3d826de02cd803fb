/* A primary key or unique constraint.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_KEY_H
#define LX_KINDS_KEY_H
#include "ir/schema.h"

enum {
	LX_KEY_IS_PRIMARY, LX_KEY_COLUMNS, LX_KEY_INCLUDE, LX_KEY_NULLS_NOT_DISTINCT, LX_KEY_DEFERRABLE, LX_KEY_STORAGE,
	LX_KEY_ATTRS
};
enum lx_deferrable { LX_NOT_DEFERRABLE, LX_DEFERRABLE, LX_INITIALLY_DEFERRED };
struct lx_key {
	struct lx_object base;
	bool is_primary;
	struct lx_vec columns; /* const char * */
	struct lx_vec include; /* const char * */
	bool nulls_not_distinct; /* @nulls_not_distinct, PostgreSQL 15 */
	int deferrable;		 /* @deferrable, @deferrable(initially_deferred) */
	const char *storage;	 /* with (…) */
};
#endif
