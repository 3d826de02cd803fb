/* A collation.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_COLLATION_H
#define LX_KINDS_COLLATION_H
#include "ir/schema.h"

enum {
	LX_COLLATION_PROVIDER,
	LX_COLLATION_LOCALE,
	LX_COLLATION_LC_COLLATE,
	LX_COLLATION_LC_CTYPE,
	LX_COLLATION_NONDETERMINISTIC,
	LX_COLLATION_RULES,
	LX_COLLATION_ATTRS
};
struct lx_collation {
	struct lx_object base;
	int provider;           /* @provider(icu); 0: libc */
	const char *locale;     /* @locale('de-u-co-phonebk') */
	const char *lc_collate; /* @lc_collate('…') and @lc_ctype('…'), libc with two different ones */
	const char *lc_ctype;
	bool is_nondeterministic; /* @nondeterministic */
	const char *rules;        /* @rules('…') */
};
#endif
