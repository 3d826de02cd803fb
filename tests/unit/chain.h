/* Helpers of the tests that need a history of several revisions.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_TESTS_CHAIN_H
#define LX_TESTS_CHAIN_H
#include "history/history.h"

/* Adds m/ID.sql, a revision with one statement and nothing to go down by; MORE: further lines of its header.  Fails the
 * test when the history does not take it. */
void chain_add(struct lx_history *history, const char *id, const char *revises, const char *more);
/* What was added is linked; fails the test when it does not fit together. */
void chain_link(struct lx_history *history);
#endif
