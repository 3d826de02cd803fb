/* SPDX-License-Identifier: Apache-2.0 */
#include "chain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

void chain_add(struct lx_history *history, const char *id, const char *revises, const char *more)
{
	char text[512], path[64];
	struct lx_fail fail = {0};
	snprintf(text, sizeof text, "-- lexo:revision %s\n-- lexo:revises %s\n%s-- lexo:upgrade\nSELECT '%s';\n", id,
		 revises, more, id);
	snprintf(path, sizeof path, "m/%s.sql", id);
	if (lx_history_add(history, path, strdup(text), strlen(text), &fail) != LX_OK)
		fail_msg("%s", fail.message);
}

void chain_link(struct lx_history *history)
{
	struct lx_fail fail = {0};
	if (lx_history_link(history, &fail) != LX_OK)
		fail_msg("%s", fail.message);
}
