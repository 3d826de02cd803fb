/* How everything that is not a diagnostic of a source file fails: a status (which is the exit code), a stable code, and
 * three texts: what happened, where, what to do.  Fixed arrays, so that running out of memory can be reported too.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_BASE_FAIL_H
#define LX_BASE_FAIL_H
#include <stdbool.h>

/* The exit codes of the command line; documented in docs/migrations.md.  The numbers are a promise. */
enum lx_status {
	LX_OK = 0,
	LX_FAILED = 1,  /* any other error */
	LX_USAGE = 2,   /* usage, or the models do not compile */
	LX_DIFFERS = 3, /* the check says no: pending revisions, models and migrations differ, output out of date */
	LX_NO_CONNECTION = 4,   /* cannot connect or authenticate */
	LX_CHECKSUM = 5,        /* checksum, chain or signature failure */
	LX_LOCKED = 6,          /* lock or timeout: nothing changed, trying again is safe */
	LX_ROLLED_BACK = 7,     /* a revision failed and was rolled back: nothing changed */
	LX_PARTIAL = 8,         /* a non-transactional revision is part applied */
	LX_UNKNOWN_OUTCOME = 9, /* server unreachable at COMMIT */
	LX_REFUSED = 10,        /* destructive change, signature or approval missing */
	LX_REVISION = 11,       /* several heads, unknown or ambiguous revision */
	LX_LINT = 12            /* lint or data pre-check found something */
};

struct lx_fail {
	enum lx_status status; /* LX_OK: nothing failed */
	char code[8];          /* "L0301"; see codes.def */
	char message[1024];    /* what, and why */
	char where[512];       /* "migrations/x.sql:3:9", "statement 2 of b342af89685a", or "" */
	char help[1024];       /* what to do, or "" */
	char sqlstate[6];
};

/* Fills FAIL (unless it is filled already: the first failure is the cause) and returns STATUS, so that callers can
 * write: return lx_fail(fail, LX_CHECKSUM, "L0301", "…").  FAIL may be NULL.  Text is cut at a character boundary. */
enum lx_status lx_fail(struct lx_fail *fail, enum lx_status status, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void lx_fail_where(struct lx_fail *fail, const char *format, ...) __attribute__((format(printf, 2, 3)));
void lx_fail_help(struct lx_fail *fail, const char *format, ...) __attribute__((format(printf, 2, 3)));
#endif
